-- One part of an assignment's way as JSON (geo/wire/performance.ts partPerformance), from its counts and its histogram. Called by queries/stats_own.sql.
create or replace function stats_part_performance(p_n bigint, p_open bigint, p_missing bigint, p_seconds integer[], p_ended bigint[], p_censored bigint[])
returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_object('n', coalesce(p_n, 0), 'open', coalesce(p_open, 0), 'missing', coalesce(p_missing, 0)) || stats_percentiles(p_seconds, p_ended, p_censored)
$$;
