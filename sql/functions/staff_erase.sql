-- Verb: name, records and salt of somebody who left are erased (DELETE /api/staff/:code); the code and the plan of the past stay.
create or replace function staff_erase(p_code text, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  s staff;
begin
  update staff set active = false where code = p_code and simulated = p_simulated returning * into s;
  if not found then perform fail('SG404', 'code', 'petugas tidak ditemukan'); end if;
  delete from staff_record where staff_id = s.id;
  update staff_private set name = null, salt = '', erased_at = p_now where staff_id = s.id;
  perform append_event('staff.erased', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object('after', jsonb_build_object('code', s.code, 'active', false)));
  return staff_json(s);
end $$;
