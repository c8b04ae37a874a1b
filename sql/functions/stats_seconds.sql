-- A duration as figures count it: whole seconds, never negative, 17 years at most (half of what stats_code has room for; somebody who mistypes the year of a
-- late entry must neither be refused nor stop everybody's figures). Called by stats_code and the queries stats_*.sql. The same as geo/stats/stage_code.ts.
create or replace function stats_seconds(p_seconds double precision) returns integer language sql immutable parallel safe as $$
  select least(floor(greatest(p_seconds, 0) + 0.5), 536870911)::integer
$$;
