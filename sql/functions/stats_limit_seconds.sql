-- The limit of a stage: of the service standard 'agent' and 'opd', of the national norm 'fire'. Called by stats_incident and the stats queries; a test
-- holds it equal to geo/sla/limits.ts.
create or replace function stats_limit_seconds(p_stage text) returns integer language sql immutable parallel safe as $$
  select case p_stage when 'agent' then 300 when 'opd' then 2100 when 'fire' then 900 end
$$;
