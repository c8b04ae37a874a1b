-- Verb: pairs a phone app with a unit (POST /api/units/:id/devices). p_input {app, label, secret_hash}: the secret itself never comes here. The token posts
-- positions of this unit and does nothing else (server/http/mount.ts). Its label may name somebody, so the log does not have it.
create or replace function device_pair(p_unit uuid, p_input jsonb, p_scope_agency uuid, p_scope_unit uuid, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  c_most constant integer := 5;
  u unit;
  c credential;
begin
  u := unit_scoped(p_unit, p_scope_agency, p_scope_unit);
  if jsonb_array_length(device_list(p_unit, null, null, p_now)) >= c_most then
    perform fail('SG409', 'id', format('unit ini sudah punya %s ponsel; lepas salah satu dahulu', c_most));
  end if;
  insert into credential (kind, scope, app, secret_hash, role, label, agency_id, unit_id, created_at, created_by)
  values ('token', 'positions', p_input ->> 'app', p_input ->> 'secret_hash', 'responder', p_input ->> 'label', u.agency_id, u.id, p_now, p_actor)
  returning * into c;
  perform append_event('device.paired', p_actor, null, p_now, p_now, false, jsonb_build_object('after', device_json(c) - 'label'));
  return device_json(c);
end $$;
