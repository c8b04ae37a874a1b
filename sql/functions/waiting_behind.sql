-- The incidents that units of this one stand in line for. They change when this one ends: callers lock and tell them.
create or replace function waiting_behind(p_incident_id uuid) returns uuid[] language sql stable as $$
  select coalesce(array_agg(distinct incident_id order by incident_id), '{}') from assignment where queued_behind = p_incident_id and active
$$;
