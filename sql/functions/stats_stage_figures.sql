-- The figures of one stage as JSON (geo/wire/stats.ts stageFigures), from its counts and its histogram of whole seconds.
-- Called by the queries stats_*.sql. n = ended, or running but past the limit. The same as geo/stats/stage_figures.ts.
create or replace function stats_stage_figures(
  p_n bigint, p_breached bigint, p_running bigint, p_missing bigint,
  p_seconds double precision[], p_ended bigint[], p_censored bigint[]
) returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_object(
    'n', coalesce(p_n, 0), 'breached', coalesce(p_breached, 0),
    'running', coalesce(p_running, 0), 'missing', coalesce(p_missing, 0),
    'share', p_breached / nullif(p_n, 0)::double precision, 'low', w.low, 'high', w.high,
    'median_seconds', stats_km_median(p_seconds, p_ended, p_censored)
  )
  from stats_wilson(coalesce(p_breached, 0), coalesce(p_n, 0)) w
$$;
