-- Verb: what a call turned out to be, when it was answered and ended, which incident it belongs to (PATCH /api/calls/:id).
create or replace function call_patch(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_before call;
  v_after call;
  v_seq bigint;
begin
  select * into v_before from call where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'panggilan tidak ditemukan'); end if;
  if p_input ? 'incident_id' and p_input ->> 'incident_id' is not null
     and not exists (select 1 from incident where id = (p_input ->> 'incident_id')::uuid and simulated = p_simulated) then
    perform fail('SG422', 'incident_id', 'kejadian tidak ditemukan');
  end if;
  update call set
    kind = case when p_input ? 'kind' then p_input ->> 'kind' else kind end,
    answered_at = case when p_input ? 'answered_at' then (p_input ->> 'answered_at')::timestamptz else answered_at end,
    ended_at = case when p_input ? 'ended_at' then (p_input ->> 'ended_at')::timestamptz else ended_at end,
    incident_id = case when p_input ? 'incident_id' then (p_input ->> 'incident_id')::uuid else incident_id end
  where id = p_id returning * into v_after;
  v_seq := append_event('call.updated', p_actor, v_after.incident_id, p_now, p_now, v_after.simulated,
    jsonb_build_object('before', jsonb_changed(call_json(v_before), call_json(v_after)), 'after', call_json(v_after)));
  return jsonb_build_object('call', call_json(v_after), 'seq', v_seq);
end $$;
