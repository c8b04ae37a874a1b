-- Verb: lets a paired phone go (DELETE /api/units/:id/devices/:device); its next position is refused. Gone already: 404.
create or replace function device_unpair(p_unit uuid, p_id uuid, p_scope_agency uuid, p_scope_unit uuid, p_actor text, p_now timestamptz) returns void language plpgsql as $$
declare
  c credential;
begin
  perform unit_scoped(p_unit, p_scope_agency, p_scope_unit);
  update credential set revoked_at = p_now where id = p_id and unit_id = p_unit and scope = 'positions' and revoked_at is null returning * into c;
  if not found then perform fail('SG404', 'device', 'ponsel tidak ditemukan'); end if;
  perform append_event('device.unpaired', p_actor, null, p_now, p_now, false, jsonb_build_object('before', device_json(c) - 'label'));
end $$;
