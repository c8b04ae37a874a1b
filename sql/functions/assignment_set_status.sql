-- Verb: progress of one assignment (POST /api/assignments/:id/status). p_input {status, at?, note?}; the scope (agency, unit) is null for those
-- who may set any. Steps may be skipped forward, never taken back; the same status again changes nothing, and so does a
-- step that stands already with its time: a phone that did not hear the answer says it again, whatever has happened since. The incident's state follows.
create or replace function assignment_set_status(p_id uuid, p_input jsonb, p_scope_agency uuid, p_scope_unit uuid, p_actor text, p_now timestamptz, p_simulated boolean)
returns jsonb language plpgsql as $$
declare
  c_steps constant text[] := array['notified', 'acknowledged', 'en_route', 'on_scene', 'done'];
  a assignment;
  b incident;
  i incident;
  v_status text := p_input ->> 'status';
  v_at timestamptz := coalesce((p_input ->> 'at')::timestamptz, p_now);
  v_last timestamptz;
  v_before jsonb;
  v_after jsonb;
  v_note text;
  v_seq bigint;
  v_locked uuid[];
  v_next uuid[] := '{}';
begin
  -- Incidents are locked before the assignment, as everywhere, so that two verbs cannot wait for each other: its own, and what its unit is in line for.
  v_locked := array(select incident_id from assignment where id = p_id union
    select q.incident_id from assignment s join assignment q on q.unit_id = s.unit_id and q.simulated = s.simulated and q.active and q.queued_behind is not null where s.id = p_id);
  perform incident_lock(v_locked, p_simulated);
  select n.* into b from incident n join assignment s on s.incident_id = n.id where s.id = p_id and n.simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'penugasan tidak ditemukan'); end if;
  select * into a from assignment where id = p_id for update;
  if (p_scope_agency is not null and a.agency_id <> p_scope_agency) or (p_scope_unit is not null and a.unit_id is distinct from p_scope_unit) then
    perform fail('SG403', 'id', 'penugasan ini bukan milik Anda');
  end if;
  v_before := incident_json(b);
  if a.status = v_status then
    return jsonb_build_object('assignment', assignment_json(a), 'incident', v_before);
  end if;
  if abs(extract(epoch from (p_input ->> 'at')::timestamptz - case v_status when 'acknowledged' then a.acknowledged_at when 'en_route' then a.en_route_at
      when 'on_scene' then a.on_scene_at when 'done' then a.done_at when 'declined' then a.declined_at end)) <= 60 then
    return jsonb_build_object('assignment', assignment_json(a), 'incident', v_before);
  end if;
  if not a.active then perform fail('SG409', 'status', format('penugasan sudah %s', a.status)); end if;
  if v_at > p_now + interval '60 seconds' then perform fail('SG422', 'at', 'lebih dari 60 detik di masa depan'); end if;
  v_last := greatest(a.notified_at, a.acknowledged_at, a.en_route_at, a.on_scene_at);
  -- Clocks of phones differ by seconds: a step just before the one it follows counts as at the same moment. So does any step when the one before
  -- is told to lie ahead: the server's clock was set back since, and which was first is known from what was said.
  if v_at < v_last - interval '60 seconds' and v_last <= p_now + interval '60 seconds' then perform fail('SG422', 'at', 'sebelum langkah sebelumnya'); end if;
  v_at := greatest(v_at, v_last);
  if v_status = 'declined' then
    if a.status not in ('notified', 'acknowledged') then perform fail('SG409', 'status', format('tidak dapat ditolak dari %s', a.status)); end if;
    if coalesce(p_input ->> 'note', '') = '' then perform fail('SG422', 'note', 'sebutkan alasan penolakan'); end if;
  elsif v_status = 'cancelled' then
    null;
  elsif coalesce(array_position(c_steps, v_status), 0) <= array_position(c_steps, a.status) then
    perform fail('SG409', 'status', format('tidak dapat mundur dari %s ke %s', a.status, v_status));
  elsif a.queued_behind is not null and v_status <> 'acknowledged' then
    perform fail('SG409', 'status', format('masih antre: unitnya bertugas di %s', (select number from incident where id = a.queued_behind)));
  end if;

  update assignment set status = v_status,
    acknowledged_at = case when v_status = 'acknowledged' then v_at else acknowledged_at end,
    en_route_at = case when v_status = 'en_route' then v_at else en_route_at end,
    on_scene_at = case when v_status = 'on_scene' then v_at else on_scene_at end,
    done_at = case when v_status = 'done' then v_at else done_at end,
    declined_at = case when v_status = 'declined' then v_at else declined_at end,
    cancelled_at = case when v_status = 'cancelled' then v_at else cancelled_at end
  where id = p_id returning * into a;
  if not a.active and a.unit_id is not null and a.queued_behind is null then
    v_next := array(select incident_id from assignment where unit_id = a.unit_id and simulated = a.simulated and active and queued_behind is not null);
    perform line_locked(v_next, v_locked);
    perform promote_queued(array[a.unit_id], a.simulated, v_at);
  end if;
  v_note := incident_note_add(a.incident_id, a.id, v_status, p_input ->> 'note', p_actor, p_now);
  if b.open then perform incident_follow(b.id, v_at); end if;
  select * into i from incident where id = b.id;
  v_after := incident_json(i);

  v_seq := append_event('assignment.' || v_status, p_actor, i.id, v_at, p_now, i.simulated, jsonb_build_object(
    'before', jsonb_changed(v_before, v_after), 'after', v_after, 'assignment_id', a.id,
    'private', jsonb_strip_nulls(jsonb_build_object('note', v_note)),
    'units', coalesce((select jsonb_agg(unit_json(u, p_simulated)) from unit u where u.id = a.unit_id), '[]')));
  v_seq := coalesce(line_tell('assignment.promoted', v_next, i.id, p_actor, v_at, p_now), v_seq);
  return jsonb_build_object('assignment', assignment_json(a), 'incident', v_after, 'seq', v_seq);
end $$;
