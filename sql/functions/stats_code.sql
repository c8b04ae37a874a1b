-- A stage as the one number that figures count by: twice its whole seconds, and 1 more where the exact ones are past the limit p_limit. Called by
-- incident_figure_of and stats_figure; geo/stats/stage_code.ts reads it.
create or replace function stats_code(p_seconds double precision, p_limit integer) returns integer language sql immutable parallel safe as $$
  select 2 * stats_seconds(p_seconds) + (p_seconds > p_limit)::integer
$$;
