-- Verb: where a caller's phone says it is (POST /api/device-locations). p_input {call_id?, caller_number?, lon, lat, accuracy_m, fix_at?, source}:
-- of that call, else of the newest call of the last 30 minutes with that number, else it waits 30 minutes for one. The newest fix counts.
-- It never moves an incident. Answers {matched, call_id, seq}. What waits changes nothing anybody sees and has no line in the log.
create or replace function device_location_add(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  c_wait constant interval := '30 minutes';
  v_call call;
  v_fix device_location;
begin
  v_fix.fix_at := coalesce((p_input ->> 'fix_at')::timestamptz, p_now);
  if v_fix.fix_at > p_now + interval '60 seconds' then perform fail('SG422', 'fix_at', 'lebih dari 60 detik di masa depan'); end if;
  if v_fix.fix_at < p_now - c_wait then perform fail('SG422', 'fix_at', 'lebih dari 30 menit lalu'); end if;
  -- A phone whose clock is ahead by seconds must not shut out its next fix.
  v_fix.fix_at := least(v_fix.fix_at, p_now);
  v_fix.received_at := p_now; v_fix.simulated := p_simulated; v_fix.source := p_input ->> 'source'; v_fix.accuracy_m := (p_input ->> 'accuracy_m')::float8;
  v_fix.location := st_setsrid(st_makepoint((p_input ->> 'lon')::float8, (p_input ->> 'lat')::float8), 4326);
  if p_input ->> 'call_id' is not null then
    select * into v_call from call where id = (p_input ->> 'call_id')::uuid and simulated = p_simulated for update;
    if not found then perform fail('SG422', 'call_id', 'panggilan tidak ditemukan'); end if;
  else
    v_fix.number_key := phone_key(p_input ->> 'caller_number');
    if v_fix.number_key is null then perform fail('SG422', 'caller_number', 'bukan nomor telepon'); end if;
    select c.* into v_call from call c join call_private p on p.call_id = c.id
    where c.rang_at > p_now - c_wait and c.simulated = p_simulated and p.erased_at is null and phone_key(p.caller_number) = v_fix.number_key
    order by c.rang_at desc, c.id limit 1 for update of c;
  end if;
  if v_call.id is not null then
    return jsonb_build_object('matched', true, 'call_id', v_call.id, 'seq', device_location_put(v_call, v_fix, p_actor, p_now));
  end if;
  insert into device_location as d (number_key, location, accuracy_m, source, fix_at, received_at, simulated)
  values (v_fix.number_key, v_fix.location, v_fix.accuracy_m, v_fix.source, v_fix.fix_at, p_now, p_simulated)
  on conflict (number_key, simulated) where call_id is null do update set location = excluded.location, accuracy_m = excluded.accuracy_m,
    source = excluded.source, fix_at = excluded.fix_at, received_at = excluded.received_at
  -- One that should have been forgotten already does not stand in the way.
  where d.fix_at < excluded.fix_at;
  return jsonb_build_object('matched', false, 'call_id', null, 'seq', null);
end $$;
