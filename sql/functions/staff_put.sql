-- Verb: an admin adds somebody to the staff or changes what is known (PUT /api/staff/:code). p_input {name?, active?, records?: the whole list}; what is left out stays.
create or replace function staff_put(p_code text, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  s staff;
  p staff_private;
  v_new boolean;
begin
  insert into staff (code, created_at, simulated) values (p_code, p_now, p_simulated) on conflict do nothing returning * into s;
  v_new := s.id is not null;
  select * into s from staff where code = p_code and simulated = p_simulated for update;
  insert into staff_private (staff_id, salt) values (s.id, gen_random_uuid()::text) on conflict do nothing;
  if p_input ? 'active' then update staff set active = (p_input ->> 'active')::boolean where id = s.id returning * into s; end if;
  if p_input ? 'name' or p_input ? 'records' then
    -- Somebody else may have the post by now: a new salt, and what was erased is not what is written now.
    update staff_private set erased_at = null, salt = case when erased_at is null then salt else gen_random_uuid()::text end,
      name = case when p_input ? 'name' then p_input ->> 'name' else name end where staff_id = s.id;
  end if;
  if p_input ? 'records' then
    delete from staff_record where staff_id = s.id;
    insert into staff_record (staff_id, kind, title, obtained_on, expires_on)
    select s.id, r.kind, r.title, r.obtained_on, r.expires_on from jsonb_to_recordset(p_input -> 'records') as r(kind text, title text, obtained_on date, expires_on date);
  end if;
  select * into p from staff_private where staff_id = s.id;
  perform append_event(case when v_new then 'staff.added' else 'staff.changed' end, p_actor, null, p_now, p_now, p_simulated, jsonb_build_object(
    'after', jsonb_build_object('code', s.code, 'active', s.active), 'private', jsonb_strip_nulls(jsonb_build_object(
      'name', private_digest(p.salt, p_input ->> 'name'), 'records', private_digest(p.salt, (p_input -> 'records')::text)))));
  return staff_json(s);
end $$;
