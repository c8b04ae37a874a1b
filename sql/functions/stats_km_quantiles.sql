-- Kaplan-Meier quantiles of a histogram: when the shares p_shares (ascending, in (0, 1)) had ended, null where the curve does not reach one. The other
-- arrays stand side by side, in any order: whole seconds, and how many ended at and how many were censored at each. Where the curve rests at exactly a
-- share, the middle of that stretch (as R's survfit). Every median and percentile of a stage comes from here: called by stats_km_median and
-- stats_percentiles. The same as geo/stats/kaplan_meier.ts.
create or replace function stats_km_quantiles(p_shares double precision[], p_seconds integer[], p_ended bigint[], p_censored bigint[])
returns double precision[] language plpgsql immutable parallel safe as $$
declare
  tolerance constant double precision := 1e-9;
  found double precision[] := array_fill(null::double precision, array[cardinality(p_shares)]);
  at_risk bigint := 0;
  survival double precision := 1;
  next integer := 1;
  rests integer;
  rested_at double precision;
  h record;
begin
  select sum(e) + sum(c) into at_risk from unnest(p_ended, p_censored) as u(e, c);
  for h in
    select u.s, sum(u.e)::bigint as ended, sum(u.c)::bigint as censored from unnest(p_seconds, p_ended, p_censored) as u(s, e, c) group by u.s order by u.s
  loop
    if h.ended > 0 then
      -- One share at most lies exactly on a step.
      if rests is not null then
        found[rests] := (rested_at + h.s) / 2;
        rests := null;
      end if;
      survival := survival * (1 - h.ended / at_risk::double precision);
      while next <= cardinality(p_shares) and survival <= 1 - p_shares[next] + tolerance loop
        found[next] := h.s;
        if survival >= 1 - p_shares[next] - tolerance then
          rests := next;
          rested_at := h.s;
        end if;
        next := next + 1;
      end loop;
      exit when next > cardinality(p_shares) and rests is null;
    end if;
    at_risk := at_risk - h.ended - h.censored;
  end loop;
  return found;
end
$$;
