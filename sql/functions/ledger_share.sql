-- k of n with Wilson's 95 % interval, null when n = 0; `few` under n = 5. Called by ledger.
create or replace function ledger_share(k bigint, n bigint) returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_object('n', $2, 'k', $1, 'share', $1 / nullif($2, 0)::double precision, 'low', w.low, 'high', w.high, 'few', $2 < 5)
  from stats_wilson($1, $2) w
$$;
