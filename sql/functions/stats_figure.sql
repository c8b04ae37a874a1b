-- The incidents that figures are made of, with the stages of each; every page's figures start here. Called by stats_counted, stats_counted_sent and the
-- queries stats_*.sql. Cancelled and duplicate are left out; real and simulated never mix; membership by received_at, p_from inclusive, p_to exclusive.
-- A stage is the number of incident_figure_of; *_now is that of a running one at p_now: they are counted apart from the many, which are plain columns that
-- the planner can count in parallel. One plain select, so that it is inlined and what a query does not use falls away.
create or replace function stats_figure(p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (
  id uuid, received_at timestamptz, lon double precision, lat double precision, open boolean, late_entry boolean, priority smallint,
  incident_type text, kelurahan_code text, created_by text, h3_7 bigint, h3_8 bigint, h3_9 bigint, h3_10 bigint,
  agent integer, opd integer, fire integer, agent_now integer, opd_now integer, fire_now integer
) language sql stable parallel safe as $$
  select f.incident_id, f.received_at, f.lon, f.lat, f.open, f.late_entry, f.priority, f.incident_type, f.kelurahan_code, f.created_by,
    f.h3_7, f.h3_8, f.h3_9, f.h3_10, f.agent, f.opd, f.fire,
    case when f.agent = -1 then stats_code(greatest(date_part('epoch', p_now - f.received_at), 0), stats_limit_seconds('agent')) end,
    case when f.opd = -1 then stats_code(greatest(date_part('epoch', p_now - f.dispatched_at), 0), stats_limit_seconds('opd')) end,
    case when f.fire = -1 then stats_code(greatest(date_part('epoch', p_now - f.received_at), 0), stats_limit_seconds('fire')) end
  from incident_figure f
  where f.received_at >= p_from and f.received_at < p_to and f.simulated = p_simulated and f.counted
$$;
