-- Kaplan-Meier median of a histogram, as stats_km_quantiles takes it. Called by stats_stage_figures and queries stats_on_scene and stats_agencies.
create or replace function stats_km_median(p_seconds integer[], p_ended bigint[], p_censored bigint[])
returns double precision language sql immutable parallel safe as $$
  select (stats_km_quantiles('{0.5}', p_seconds, p_ended, p_censored))[1]
$$;
