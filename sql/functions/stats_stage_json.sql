-- The figures of one stage as JSON (geo/wire/stats.ts stageFigures), from its counts and its median. Called by stats_stage_figures and
-- stats_stage_performance. n = ended, or running but past the limit. The same as geo/stats/stage_figures.ts.
create or replace function stats_stage_json(p_n bigint, p_breached bigint, p_running bigint, p_missing bigint, p_median double precision)
returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_object(
    'n', coalesce(p_n, 0), 'breached', coalesce(p_breached, 0),
    'running', coalesce(p_running, 0), 'missing', coalesce(p_missing, 0),
    'share', p_breached / nullif(p_n, 0)::double precision, 'low', w.low, 'high', w.high,
    'median_seconds', p_median
  )
  from stats_wilson(coalesce(p_breached, 0), coalesce(p_n, 0)) w
$$;
