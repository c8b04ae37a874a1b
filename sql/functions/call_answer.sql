-- Verb: a desk takes a call that a PBX told of (POST /api/calls/:id/answer). p_input {who, at?, instead_of?}: `at` when the server was away at the
-- press; `instead_of` takes over from that desk. Of several at once one wins, the others get SG409 on answered_by. A call that ended before
-- anybody answered stays unanswered: who takes it calls back. The same desk again changes nothing.
create or replace function call_answer(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b call;
  c call;
begin
  select * into b from call where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'panggilan tidak ditemukan'); end if;
  if not b.rings then perform fail('SG409', 'id', 'panggilan ini dicatat di meja operator'); end if;
  if b.answered_by = p_input ->> 'who' then return jsonb_build_object('call', call_json(b)); end if;
  if b.answered_by is not null and b.answered_by is distinct from p_input ->> 'instead_of' then
    perform fail('SG409', 'answered_by', format('sudah dijawab %s', b.answered_by));
  end if;
  if b.kind is not null or b.incident_id is not null then perform fail('SG409', 'id', 'panggilan ini sudah dicatat'); end if;
  update call set answered_by = p_input ->> 'who',
    answered_at = case when ended_at is not null then answered_at else coalesce(answered_at, greatest(rang_at, least((p_input ->> 'at')::timestamptz, p_now))) end
  where id = p_id returning * into c;
  return jsonb_build_object('call', call_json(c), 'seq', append_event('call.answered', p_actor, null, coalesce(c.answered_at, p_now), p_now, p_simulated,
    jsonb_build_object('before', jsonb_changed(call_json(b), call_json(c)), 'after', call_json(c))));
end $$;
