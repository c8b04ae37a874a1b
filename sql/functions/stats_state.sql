-- The state of a stage's number (incident_figure_of) in words. Called by stats_incident.
create or replace function stats_state(p_code integer) returns text language sql immutable parallel safe as $$
  select case when p_code >= 0 then 'ended' when p_code = -1 then 'running' when p_code = -2 then 'missing' when p_code = -3 then 'not_begun' end
$$;
