-- Words of a request to cancel or of its answer, kept as notes are; answers their salted digest for the log line. Null text: nothing.
create or replace function cancellation_note_add(c cancellation_request, p_kind text, p_body text, p_actor text, p_now timestamptz) returns text language plpgsql as $$
declare
  v_salt text := gen_random_uuid()::text;
begin
  if coalesce(p_body, '') = '' then return null; end if;
  insert into incident_note (incident_id, kind, body, salt, actor, at, cancellation_request_id) values (c.incident_id, p_kind, p_body, v_salt, p_actor, p_now, c.id);
  return private_digest(v_salt, p_body);
end $$;
