-- Verb: a call rings (POST /api/calls, the demo). p_input {id?, rang_at?, caller_number?, number_hidden, line?, kind?, answered_at?, ended_at?, rings?, answered_by?}.
-- `rings`: told by a PBX, offered to the desks; `answered_by`: the login there that has it, as the PBX says (an unknown one is passed over: a call is never refused for it).
-- With an id that is known already nothing is written: the call as it is, `replayed`. A phone's location that waits for this number is taken up.
create or replace function call_create(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_call call;
  v_salt text := gen_random_uuid()::text;
  v_number text := nullif(p_input ->> 'caller_number', '');
  v_id uuid := coalesce((p_input ->> 'id')::uuid, gen_random_uuid());
  v_known record;
  v_rings boolean := coalesce((p_input ->> 'rings')::boolean, false);
  -- A PBX whose clock is ahead does not make a call of the future.
  v_rang timestamptz := least((p_input ->> 'rang_at')::timestamptz, p_now);
  v_answered timestamptz := (p_input ->> 'answered_at')::timestamptz;
  v_seq bigint;
begin
  select * into v_known from number_known(v_number, v_id, p_now, p_simulated);
  insert into call (id, rang_at, answered_at, ended_at, line, number_hidden, kind, simulated, created_by, rings, answered_by, blocked_until, pranks_today, pranks_30d)
  values (v_id, v_rang, case when v_rings and v_answered is not null then greatest(v_rang, least(v_answered, p_now)) else v_answered end, (p_input ->> 'ended_at')::timestamptz,
          p_input ->> 'line', coalesce((p_input ->> 'number_hidden')::boolean, false), p_input ->> 'kind', p_simulated, p_actor, v_rings,
          case when v_rings and v_answered is not null then account_at_desk(p_input ->> 'answered_by') end, v_known.blocked_until, v_known.pranks_today, v_known.pranks_30d)
  on conflict (id) do nothing returning * into v_call;
  if not found then
    select * into v_call from call where id = v_id and simulated = p_simulated;
    if not found then perform fail('SG409', 'id', 'id ini sudah dipakai'); end if;
    return jsonb_build_object('call', call_json(v_call), 'replayed', true);
  end if;
  insert into call_private (call_id, salt, caller_number, number_hash) values (v_call.id, v_salt, v_number, v_known.hash);
  v_seq := append_event('call.created', p_actor, null, v_call.rang_at, p_now, p_simulated,
    jsonb_build_object('after', call_json(v_call), 'private', jsonb_build_object('caller_number', private_digest(v_salt, v_number))));
  v_seq := coalesce(device_location_claim(v_call.id, p_actor, p_now), v_seq);
  return jsonb_build_object('call', call_json(v_call), 'seq', v_seq, 'replayed', false);
end $$;
