-- stats_stage_figures with percentiles and compliance beside them, as JSON (geo/wire/performance.ts stagePerformance). Called by
-- queries/stats_performance.sql and stats_own.sql.
create or replace function stats_stage_performance(
  p_n bigint, p_breached bigint, p_running bigint, p_missing bigint, p_seconds integer[], p_ended bigint[], p_censored bigint[]
) returns jsonb language sql immutable parallel safe as $$
  select stats_stage_json(p_n, p_breached, p_running, p_missing, (q.percentiles ->> 'p50_seconds')::double precision) || q.percentiles
    || jsonb_build_object('compliance', stats_share(coalesce(p_n - p_breached, 0), coalesce(p_n, 0)))
  from (select stats_percentiles(p_seconds, p_ended, p_censored) as percentiles offset 0) q
$$;
