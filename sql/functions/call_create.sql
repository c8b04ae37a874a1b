-- Verb: a call rings (POST /api/calls, the demo). p_input {rang_at?, caller_number?, number_hidden, line?, kind?, answered_at?, ended_at?}.
create or replace function call_create(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_call call;
  v_salt text := gen_random_uuid()::text;
  v_number text := nullif(p_input ->> 'caller_number', '');
  v_seq bigint;
begin
  insert into call (rang_at, answered_at, ended_at, line, number_hidden, kind, simulated, created_by)
  -- A PBX whose clock is ahead does not make a call of the future.
  values (least((p_input ->> 'rang_at')::timestamptz, p_now), (p_input ->> 'answered_at')::timestamptz, (p_input ->> 'ended_at')::timestamptz,
          p_input ->> 'line', coalesce((p_input ->> 'number_hidden')::boolean, false), p_input ->> 'kind', p_simulated, p_actor)
  returning * into v_call;
  insert into call_private (call_id, salt, caller_number) values (v_call.id, v_salt, v_number);
  v_seq := append_event('call.created', p_actor, null, v_call.rang_at, p_now, p_simulated,
    jsonb_build_object('after', call_json(v_call), 'private', jsonb_build_object('caller_number', private_digest(v_salt, v_number))));
  return jsonb_build_object('call', call_json(v_call), 'seq', v_seq);
end $$;
