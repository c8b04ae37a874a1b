-- Free words about an incident, kept erasable outside the log; answers their salted digest for the log line. Null text: nothing.
create or replace function incident_note_add(p_incident_id uuid, p_assignment_id uuid, p_kind text, p_body text, p_actor text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_salt text := gen_random_uuid()::text;
begin
  if p_body is null or p_body = '' then return null; end if;
  insert into incident_note (incident_id, assignment_id, kind, body, salt, actor, at) values (p_incident_id, p_assignment_id, p_kind, p_body, v_salt, p_actor, p_now);
  return private_digest(v_salt, p_body);
end $$;
