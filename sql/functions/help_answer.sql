-- Verb: the room says what became of a request for help (POST /api/help/:id/answer). p_input {status: sent | refused, words}; of two answers one wins.
create or replace function help_answer(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b incident;
  h help_request;
  v_before jsonb;
  v_after jsonb;
  v_note text;
begin
  perform incident_lock(array(select incident_id from help_request where id = p_id), p_simulated);
  select * into h from help_request where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'permintaan tidak ditemukan'); end if;
  if h.status <> 'open' then perform fail('SG409', 'status', format('permintaan sudah dijawab (%s)', h.status)); end if;
  if p_input ->> 'status' = 'refused' and coalesce(p_input ->> 'words', '') = '' then perform fail('SG422', 'words', 'sebutkan alasan penolakan'); end if;
  select * into b from incident where id = h.incident_id;
  v_before := incident_json(b);
  update help_request set status = p_input ->> 'status', answered_at = p_now where id = p_id returning * into h;
  v_note := help_note_add(h, 'help_' || h.status, p_input ->> 'words', p_actor, p_now);
  v_after := incident_json(b);
  perform append_event('incident.help_' || h.status, p_actor, b.id, p_now, p_now, b.simulated, jsonb_build_object(
    'before', jsonb_changed(v_before, v_after), 'after', v_after, 'help_request_id', h.id, 'private', jsonb_strip_nulls(jsonb_build_object('words', v_note))));
  return jsonb_build_object('id', h.id, 'incident', v_after);
end $$;
