-- A step of a complaint with its words, which are erasable; answers their salted digest for the log line, null without words.
create or replace function complaint_note_add(p_complaint_id uuid, p_kind text, p_body text, p_actor text, p_now timestamptz) returns text language plpgsql as $$
declare
  v_body text := nullif(p_body, '');
  v_salt text := case when v_body is not null then gen_random_uuid()::text end;
begin
  insert into complaint_note (complaint_id, kind, body, salt, actor, at) values (p_complaint_id, p_kind, v_body, v_salt, p_actor, p_now);
  return private_digest(v_salt, v_body);
end $$;
