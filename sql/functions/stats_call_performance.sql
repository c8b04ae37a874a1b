-- The figures of calls as JSON (geo/wire/performance.ts callPerformance), from their counts and the histogram of their waits. Called by
-- queries/stats_calls_by.sql. Prank and ghost are shares of all calls; answers of those answered or ended (p_answered + p_unanswered).
create or replace function stats_call_performance(
  p_calls bigint, p_unsorted bigint, p_prank bigint, p_ghost bigint, p_answered bigint, p_unanswered bigint, p_in_15 bigint, p_in_20 bigint,
  p_seconds integer[], p_ended bigint[], p_censored bigint[]
) returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_object(
    'calls', p_calls, 'unsorted', p_unsorted, 'prank', stats_share(p_prank, p_calls), 'ghost', stats_share(p_ghost, p_calls),
    'answer', jsonb_build_object('n', p_answered + p_unanswered, 'unanswered', p_unanswered,
      'within_15', stats_share(p_in_15, p_answered + p_unanswered), 'within_20', stats_share(p_in_20, p_answered + p_unanswered))
      || stats_percentiles(p_seconds, p_ended, p_censored))
$$;
