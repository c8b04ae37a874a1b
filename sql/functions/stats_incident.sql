-- stats_figure with its states in words and its place as a point, for queries that list incidents rather than count them: 'ended', 'running' (until
-- p_now), 'missing' (a late entry or closed incident that lacks the instants) or 'not_begun'. Called by the queries stats_*.sql.
create or replace function stats_incident(p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (
  id uuid, incident_type text, kelurahan_code text, location geometry, received_at timestamptz, open boolean,
  agent_state text, agent_seconds double precision, opd_state text, opd_seconds double precision,
  fire_state text, fire_seconds double precision
) language sql stable parallel safe as $$
  select s.id, s.incident_type, s.kelurahan_code, st_setsrid(st_makepoint(s.lon, s.lat), 4326), s.received_at, s.open,
    stats_state(s.agent_state), s.agent_seconds, stats_state(s.opd_state), s.opd_seconds, stats_state(s.fire_state), s.fire_seconds
  from stats_figure(p_from, p_to, p_now, p_simulated) s
$$;
