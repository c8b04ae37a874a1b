-- Keeps a fix as the location of a call's device, unless a newer one is known, and appends its line, which names the call and no place
-- (a salted digest proves it). Null when nothing changed. Called by device_location_add and device_location_claim.
create or replace function device_location_put(p_call call, p_fix device_location, p_actor text, p_now timestamptz) returns bigint language plpgsql as $$
declare
  v_salt text;
begin
  insert into device_location as d (call_id, location, accuracy_m, source, fix_at, received_at, simulated)
  values (p_call.id, p_fix.location, p_fix.accuracy_m, p_fix.source, p_fix.fix_at, p_fix.received_at, p_call.simulated)
  on conflict (call_id) do update set location = excluded.location, accuracy_m = excluded.accuracy_m, source = excluded.source,
    fix_at = excluded.fix_at, received_at = excluded.received_at
  where d.fix_at < excluded.fix_at;
  if not found then return null; end if;
  select salt into v_salt from call_private where call_id = p_call.id;
  return append_event('call.device_located', p_actor, p_call.incident_id, p_fix.fix_at, p_now, p_call.simulated, jsonb_build_object(
    'call_id', p_call.id, 'private', jsonb_build_object('location', private_digest(v_salt, st_astext(p_fix.location, 7)))));
end $$;
