-- What figures know of an incident, its cells left out: the one place that says in which state each of its stages is. Called by incident_figure_follow
-- and incident_figure_fill, which keep `incident_figure` (rows are written anew at the next start when this text changes, server/db/migrate.ts), and by
-- stats_incident. A stage is stats_code's number once it ended, -1 while it runs, -2 when it is missing (a late entry or closed incident that lacks the
-- instants) and -3 when it has not begun (also the OPD stage of what was handed over: counted nowhere). The fire stage is the national norm beside the
-- SOP's two, received to on scene: not begun for whatever is no fire. Cancelled and duplicate are not counted. *_seconds are exact, of ended ones alone.
-- The same rules as geo/sla/incident_clocks.ts.
create or replace function incident_figure_of(i incident) returns table (
  incident_id uuid, received_at timestamptz, lon double precision, lat double precision, agent integer, opd integer, fire integer, dispatched_at timestamptz,
  simulated boolean, counted boolean, open boolean, late_entry boolean, priority smallint, kelurahan_code text, incident_type text, created_by text,
  agent_seconds double precision, opd_seconds double precision, fire_seconds double precision
) language sql stable parallel safe as $$
  select i.id, i.received_at, st_x(i.location), st_y(i.location),
    case when s.agent = 0 then stats_code(t.agent, stats_limit_seconds('agent')) else s.agent end,
    case when s.opd = 0 then stats_code(t.opd, stats_limit_seconds('opd')) else s.opd end,
    case when s.fire = 0 then stats_code(t.fire, stats_limit_seconds('fire')) else s.fire end,
    i.dispatched_at, i.simulated, i.status not in ('cancelled', 'duplicate'), i.open, i.late_entry, i.priority,
    i.kelurahan_code, i.incident_type, i.created_by, t.agent, t.opd, t.fire
  from (
    select
      -- A late entry is handed over when it is written, long after: that is not the end of its stage.
      coalesce(i.dispatched_at, case when i.status = 'handed_over' and not i.late_entry then i.ended_at end) as agent_ended_at,
      i.late_entry or i.status in ('resolved', 'closed', 'handed_over') as end_lost
  ) a
  cross join lateral (
    select
      case when a.agent_ended_at is not null then 0 when a.end_lost then -2 else -1 end as agent,
      case
        when i.status = 'handed_over' then -3
        when i.dispatched_at is null then case when a.end_lost then -2 else -3 end
        when i.resolved_at is not null then 0
        when a.end_lost then -2
        else -1
      end as opd,
      case
        when not i.incident_type like 'kebakaran%' then -3
        when i.on_scene_at is not null then 0
        when i.status = 'handed_over' then -3
        when a.end_lost or i.resolved_at is not null then -2
        else -1
      end as fire
  ) s
  cross join lateral (
    select
      case when s.agent = 0 then greatest(date_part('epoch', a.agent_ended_at - i.received_at), 0) end as agent,
      case when s.opd = 0 then greatest(date_part('epoch', i.resolved_at - i.dispatched_at), 0) end as opd,
      case when s.fire = 0 then greatest(date_part('epoch', i.on_scene_at - i.received_at), 0) end as fire
  ) t
$$;
