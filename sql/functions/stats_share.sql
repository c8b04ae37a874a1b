-- p_count of p_n with Wilson 95 % as JSON (geo/wire/performance.ts): share, low, high null when n = 0. Called by stats_stage_performance and
-- stats_call_performance.
create or replace function stats_share(p_count bigint, p_n bigint) returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_object('n', p_n, 'count', p_count, 'share', p_count / nullif(p_n, 0)::double precision, 'low', w.low, 'high', w.high)
  from stats_wilson(p_count, p_n) w
$$;
