-- Kaplan-Meier median of a histogram: the three arrays stand side by side, durations ascending and distinct, with how
-- many ended at and how many were censored at each. Null when not reached. Where the curve rests at exactly one half, the middle
-- of that stretch (as R's survfit). Called by stats_stage_figures and stats_on_scene. The same as geo/stats/kaplan_meier.ts.
create or replace function stats_km_median(p_seconds double precision[], p_ended bigint[], p_censored bigint[])
returns double precision language plpgsql immutable parallel safe as $$
declare
  tolerance constant double precision := 1e-9;
  at_risk bigint := 0;
  survival double precision := 1;
  rested_at double precision;
  d bigint;
begin
  if p_seconds is null then return null; end if;
  select sum(e) + sum(c) into at_risk from unnest(p_ended, p_censored) as u(e, c);
  for i in 1 .. cardinality(p_seconds) loop
    d := p_ended[i];
    if d > 0 then
      if rested_at is not null then return (rested_at + p_seconds[i]) / 2; end if;
      survival := survival * (1 - d / at_risk::double precision);
      if survival < 0.5 - tolerance then return p_seconds[i]; end if;
      if survival <= 0.5 + tolerance then rested_at := p_seconds[i]; end if;
    end if;
    at_risk := at_risk - d - p_censored[i];
  end loop;
  return rested_at;
end
$$;
