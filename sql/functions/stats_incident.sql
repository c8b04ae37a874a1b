-- The incidents of stats_figure from `incident` itself, with exact seconds, their point and states in words: 'ended', 'running' (until p_now), 'missing' (a
-- late entry or closed incident that lacks the instants) or 'not_begun'. For queries that list incidents rather than count them; a test holds both equal.
-- One plain select, so that it is inlined and what a query does not use falls away.
create or replace function stats_incident(p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (
  id uuid, incident_type text, kelurahan_code text, location geometry, received_at timestamptz, open boolean,
  agent_state text, agent_seconds double precision, opd_state text, opd_seconds double precision,
  fire_state text, fire_seconds double precision
) language sql stable parallel safe as $$
  select i.id, i.incident_type, i.kelurahan_code, i.location, i.received_at, i.open,
    stats_state(f.agent), case when f.agent = -1 then greatest(date_part('epoch', p_now - i.received_at), 0) else f.agent_seconds end,
    stats_state(f.opd), case when f.opd = -1 then greatest(date_part('epoch', p_now - i.dispatched_at), 0) else f.opd_seconds end,
    stats_state(f.fire), case when f.fire = -1 then greatest(date_part('epoch', p_now - i.received_at), 0) else f.fire_seconds end
  from incident i
  cross join lateral incident_figure_of(i) f
  where i.received_at >= p_from and i.received_at < p_to and i.simulated = p_simulated and f.counted
$$;
