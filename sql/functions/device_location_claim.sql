-- A call that has a number takes up the location that waits for that number, when it came within the last 30 minutes; appends its line.
-- Null when there was none. Called whenever a call comes or gets its number.
create or replace function device_location_claim(p_call_id uuid, p_actor text, p_now timestamptz) returns bigint language plpgsql as $$
declare
  v_call call;
  v_found device_location;
begin
  select * into v_call from call where id = p_call_id;
  select d.* into v_found from device_location d
  where d.call_id is null and d.simulated = v_call.simulated and d.received_at > p_now - interval '30 minutes'
    and d.number_key = (select phone_key(p.caller_number) from call_private p where p.call_id = p_call_id and p.erased_at is null)
  for update;
  if not found then return null; end if;
  delete from device_location where id = v_found.id;
  return device_location_put(v_call, v_found, p_actor, p_now);
end $$;
