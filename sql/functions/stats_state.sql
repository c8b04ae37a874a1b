-- A stage's state in words. Called by stats_incident.
create or replace function stats_state(p_state "char") returns text language sql immutable parallel safe as $$
  select case p_state when 'e' then 'ended' when 'r' then 'running' when 'm' then 'missing' when 'n' then 'not_begun' end
$$;
