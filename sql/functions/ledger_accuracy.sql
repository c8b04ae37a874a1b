-- Predicted arrival against what happened: of all (agency_id and unit_id null), of each agency (unit_id null) and of each unit. An error is
-- actual - predicted seconds: above 0 is later than predicted. Percentiles are interpolated. Called by ledger.
create or replace function ledger_accuracy(p_from timestamptz, p_to timestamptz, p_simulated boolean)
returns table (agency_id uuid, unit_id uuid, figures jsonb) language sql stable as $$
  select a.agency_id, a.unit_id, jsonb_build_object(
    'n', count(*) filter (where state = 'arrived'), 'open', count(*) filter (where state = 'open'),
    'without_arrival', count(*) filter (where state = 'without_arrival'), 'queued', count(*) filter (where state = 'queued'),
    'unpriced', count(*) filter (where state = 'unpriced'),
    'median_error_seconds', percentile_cont(0.5) within group (order by actual - predicted) filter (where state = 'arrived'),
    'p90_error_seconds', percentile_cont(0.9) within group (order by abs(actual - predicted)) filter (where state = 'arrived'),
    'within_20_percent', count(*) filter (where state = 'arrived' and abs(actual - predicted) <= 0.2 * predicted),
    'within_2_minutes', count(*) filter (where state = 'arrived' and abs(actual - predicted) <= 120),
    'few', count(*) filter (where state = 'arrived') < 5)
  from ledger_assignment(p_from, p_to, p_simulated) a
  group by grouping sets ((), (a.agency_id), (a.agency_id, a.unit_id))
$$;
