-- Wilson score interval, 95 %, of k of n: low and high in [0, 1], null when n = 0. Called by stats_stage_json, stats_share and ledger_share.
-- The same as geo/stats/wilson.ts.
create or replace function stats_wilson(k bigint, n bigint, out low double precision, out high double precision)
language sql immutable parallel safe as $$
  select
    -- n = 0 is asked first: greatest() and least() pass over a null.
    case when n = 0 then null when k = 0 then 0 else greatest((centre - half) / scale, 0) end,
    case when n = 0 then null when k = n then 1 else least((centre + half) / scale, 1) end
  from (
    select p + z2 / (2 * m) as centre, sqrt(z2 * (p * (1 - p) / m + z2 / (4 * m * m))) as half, 1 + z2 / m as scale
    from (
      select k / nullif(n, 0)::double precision as p, nullif(n, 0)::double precision as m,
        (1.959963984540054::double precision) ^ 2 as z2
    ) x
  ) y
$$;
