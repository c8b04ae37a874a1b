-- The incidents that figures are made of, with the stages of each; every page's figures start here. Called by stats_stages and the queries stats_*.sql.
-- Cancelled and duplicate are left out; real and simulated never mix; membership by received_at, p_from inclusive, p_to exclusive. States are those of
-- incident_figure_of ('e' ended, 'r' running, 'm' missing, 'n' not begun); seconds are exact, of a running stage until p_now, null when missing or not begun.
-- One plain select, so that the planner inlines it and drops what a query does not use.
create or replace function stats_figure(p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (
  id uuid, received_at timestamptz, lon double precision, lat double precision, open boolean, late_entry boolean, priority smallint,
  incident_type text, kelurahan_code text, created_by text, h3_7 bigint, h3_8 bigint, h3_9 bigint, h3_10 bigint,
  agent_state "char", agent_seconds double precision, opd_state "char", opd_seconds double precision, fire_state "char", fire_seconds double precision
) language sql stable parallel safe as $$
  select f.incident_id, f.received_at, f.lon, f.lat, f.open, f.late_entry, f.priority, f.incident_type, f.kelurahan_code, f.created_by,
    f.h3_7, f.h3_8, f.h3_9, f.h3_10,
    f.agent_state, case when f.agent_state = 'r' then greatest(date_part('epoch', p_now - f.received_at), 0) else f.agent_seconds end,
    f.opd_state, case when f.opd_state = 'r' then greatest(date_part('epoch', p_now - f.dispatched_at), 0) else f.opd_seconds end,
    f.fire_state, case when f.fire_state = 'r' then greatest(date_part('epoch', p_now - f.received_at), 0) else f.fire_seconds end
  from incident_figure f
  where f.received_at >= p_from and f.received_at < p_to and f.simulated = p_simulated and f.counted
$$;
