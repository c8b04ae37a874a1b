-- A complaint as on the wire (geo/wire/complaints.ts) and in the log: nothing personal is in it.
create or replace function complaint_json(c complaint) returns jsonb language sql stable as $$
  select to_jsonb(c) - 'incident_id' - 'created_at' || jsonb_build_object('incident_number', (select number from incident where id = c.incident_id))
$$;
