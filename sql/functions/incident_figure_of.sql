-- What figures know of an incident, its cells left out: the one place that says in which state each of its stages is. Called by incident_figure_follow
-- and incident_figure_fill; rows are written anew at the next start when this text changes (server/db/migrate.ts).
-- A state is 'e' ended, 'r' running, 'm' missing (a late entry or closed incident that lacks the instants) or 'n' not begun (also the OPD stage of
-- what was handed over: counted nowhere). The fire stage is the national norm beside the SOP's two, received to on scene: not begun for whatever is
-- no fire. Cancelled and duplicate are not counted. The same rules as geo/sla/incident_clocks.ts.
create or replace function incident_figure_of(i incident) returns table (
  incident_id uuid, received_at timestamptz, lon double precision, lat double precision,
  agent_seconds double precision, opd_seconds double precision, fire_seconds double precision, dispatched_at timestamptz,
  agent_state "char", opd_state "char", fire_state "char", simulated boolean, counted boolean, open boolean, late_entry boolean, priority smallint,
  kelurahan_code text, incident_type text, created_by text
) language sql stable parallel safe as $$
  select i.id, i.received_at, st_x(i.location), st_y(i.location),
    case when s.agent_state = 'e' then greatest(date_part('epoch', s.agent_ended_at - i.received_at), 0) end,
    case when s.opd_state = 'e' then greatest(date_part('epoch', i.resolved_at - i.dispatched_at), 0) end,
    case when s.fire_state = 'e' then greatest(date_part('epoch', i.on_scene_at - i.received_at), 0) end,
    i.dispatched_at, s.agent_state, s.opd_state, s.fire_state, i.simulated, i.status not in ('cancelled', 'duplicate'), i.open, i.late_entry, i.priority,
    i.kelurahan_code, i.incident_type, i.created_by
  from (
    select
      -- A late entry is handed over when it is written, long after: that is not the end of its stage.
      coalesce(i.dispatched_at, case when i.status = 'handed_over' and not i.late_entry then i.ended_at end) as agent_ended_at,
      i.late_entry or i.status in ('resolved', 'closed', 'handed_over') as end_lost
  ) a
  cross join lateral (
    select a.agent_ended_at,
      (case when a.agent_ended_at is not null then 'e' when a.end_lost then 'm' else 'r' end)::"char" as agent_state,
      (case
        when i.status = 'handed_over' then 'n'
        when i.dispatched_at is null then case when a.end_lost then 'm' else 'n' end
        when i.resolved_at is not null then 'e'
        when a.end_lost then 'm'
        else 'r'
      end)::"char" as opd_state,
      (case
        when not i.incident_type like 'kebakaran%' then 'n'
        when i.on_scene_at is not null then 'e'
        when i.status = 'handed_over' then 'n'
        when a.end_lost or i.resolved_at is not null then 'm'
        else 'r'
      end)::"char" as fire_state
  ) s
$$;
