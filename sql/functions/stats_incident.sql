-- The incidents that figures are made of, with the stages of each; every page's figures start here.
-- Called by the queries stats_*.sql. Cancelled and duplicate are left out; real and simulated never mix; membership by
-- received_at, p_from inclusive, p_to exclusive. A state is 'ended', 'running' (until p_now), 'missing' (a late entry or
-- closed incident that lacks the instants) or 'not_begun' (also the OPD stage of what was handed over: counted nowhere).
-- The fire stage is the national norm beside the SOP's two, received to on scene: 'not_begun' for whatever is no fire.
-- Seconds are exact, null when missing or not begun. The same rules as geo/sla/incident_clocks.ts.
-- One plain select, so that the planner inlines it and drops what a query does not use.
create or replace function stats_incident(p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (
  id uuid, incident_type text, kelurahan_code text, location geometry, received_at timestamptz, open boolean,
  agent_state text, agent_seconds double precision, opd_state text, opd_seconds double precision,
  fire_state text, fire_seconds double precision
) language sql stable parallel safe as $$
  select i.id, i.incident_type, i.kelurahan_code, i.location, i.received_at, i.open,
    s.agent_state,
    case s.agent_state
      when 'ended' then greatest(date_part('epoch', s.agent_ended_at - i.received_at), 0)
      when 'running' then greatest(date_part('epoch', p_now - i.received_at), 0)
    end,
    s.opd_state,
    case s.opd_state
      when 'ended' then greatest(date_part('epoch', i.resolved_at - i.dispatched_at), 0)
      when 'running' then greatest(date_part('epoch', p_now - i.dispatched_at), 0)
    end,
    s.fire_state,
    case s.fire_state
      when 'ended' then greatest(date_part('epoch', i.on_scene_at - i.received_at), 0)
      when 'running' then greatest(date_part('epoch', p_now - i.received_at), 0)
    end
  from incident i
  cross join lateral (
    select a.agent_ended_at,
      case
        when a.agent_ended_at is not null then 'ended'
        when a.end_lost then 'missing'
        else 'running'
      end as agent_state,
      case
        when i.status = 'handed_over' then 'not_begun'
        when i.dispatched_at is null then case when a.end_lost then 'missing' else 'not_begun' end
        when i.resolved_at is not null then 'ended'
        when a.end_lost then 'missing'
        else 'running'
      end as opd_state,
      case
        when not i.incident_type like 'kebakaran%' then 'not_begun'
        when i.on_scene_at is not null then 'ended'
        when i.status = 'handed_over' then 'not_begun'
        when a.end_lost or i.resolved_at is not null then 'missing'
        else 'running'
      end as fire_state
    from (
      select
        -- A late entry is handed over when it is written, long after: that is not the end of its stage.
        coalesce(i.dispatched_at, case when i.status = 'handed_over' and not i.late_entry then i.ended_at end) as agent_ended_at,
        i.late_entry or i.status in ('resolved', 'closed', 'handed_over') as end_lost
    ) a
  ) s
  where i.received_at >= p_from and i.received_at < p_to and i.simulated = p_simulated
    and i.status not in ('cancelled', 'duplicate')
$$;
