-- Verb: a supervisor or admin (p_decides), or while none is at work another operator than who asked, approves or refuses (POST /api/cancellations/:id/answer).
-- p_input {status: approved | refused, words}. Approved cancels the case in the same transaction. Of two answers one wins.
create or replace function cancellation_answer(p_id uuid, p_input jsonb, p_decides boolean, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  c cancellation_request;
  v_note text;
  v_status text := p_input ->> 'status';
begin
  -- The request first, the incidents by incident_patch in its own order: nobody holds an incident and waits for a request.
  select * into c from cancellation_request where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'permintaan tidak ditemukan'); end if;
  if c.status <> 'open' then perform fail('SG409', 'status', format('sudah dijawab %s (%s)', c.answered_by, case c.status when 'approved' then 'disetujui' else 'ditolak' end)); end if;
  if not p_decides then
    if c.asked_by = p_actor then perform fail('SG403', 'id', 'yang meminta tidak dapat menjawab sendiri'); end if;
    if exists (select 1 from working(p_now) w where w.role in ('supervisor', 'admin')) then
      perform fail('SG403', 'id', 'supervisor atau admin sedang bekerja: mereka yang menjawab');
    end if;
  end if;
  if v_status = 'refused' and coalesce(p_input ->> 'words', '') = '' then perform fail('SG422', 'words', 'sebutkan alasan penolakan'); end if;
  if v_status = 'approved' then perform incident_patch(c.incident_id, '{"status": "cancelled"}', p_actor, p_now, p_simulated); end if;
  update cancellation_request set status = v_status, answered_at = p_now, answered_by = p_actor, peer = not p_decides where id = p_id returning * into c;
  v_note := cancellation_note_add(c, 'cancellation_' || v_status, p_input ->> 'words', p_actor, p_now);
  perform append_event('cancellation.' || v_status, p_actor, c.incident_id, p_now, p_now, c.simulated, jsonb_build_object(
    'after', cancellation_json(c), 'told', cancellation_json(c), 'private', jsonb_strip_nulls(jsonb_build_object('words', v_note))));
  return cancellation_json(c);
end $$;
