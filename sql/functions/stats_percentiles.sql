-- The percentiles that performance is told by, as JSON (geo/wire/performance.ts), of a histogram as stats_km_quantiles takes it. Called by
-- stats_stage_performance, stats_part_performance and stats_call_performance.
create or replace function stats_percentiles(p_seconds integer[], p_ended bigint[], p_censored bigint[]) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_build_object('p50_seconds', q[1], 'p75_seconds', q[2], 'p90_seconds', q[3], 'p95_seconds', q[4])
  from (select stats_km_quantiles('{0.5,0.75,0.9,0.95}', p_seconds, p_ended, p_censored) as q) k
$$;
