-- The figures of one stage as JSON (geo/wire/stats.ts stageFigures), from its counts and its histogram of whole seconds. Called by
-- queries/stats_districts.sql.
create or replace function stats_stage_figures(
  p_n bigint, p_breached bigint, p_running bigint, p_missing bigint,
  p_seconds integer[], p_ended bigint[], p_censored bigint[]
) returns jsonb language sql immutable parallel safe as $$
  select stats_stage_json(p_n, p_breached, p_running, p_missing, stats_km_median(p_seconds, p_ended, p_censored))
$$;
