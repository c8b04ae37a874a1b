-- Verb: somebody takes a case over, or a supervisor gives it to another who is at work (POST /api/incidents/:id/take-over, /reassign). p_input {to, former}: former is
-- who was seen to answer for it, so that of two who take over at once the second is told.
create or replace function handler_set(p_incident_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  i incident;
  v_former text;
  v_to text := p_input ->> 'to';
  v_told jsonb;
begin
  perform incident_lock(array[p_incident_id], p_simulated);
  select * into i from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if not i.open then perform fail('SG409', 'status', format('kejadian sudah %s', i.status)); end if;
  v_former := coalesce(i.handler, i.created_by);
  if v_former <> p_input ->> 'former' then perform fail('SG409', 'former', format('sudah ditangani %s', v_former)); end if;
  if v_to = v_former then perform fail('SG409', 'to', format('sudah ditangani %s', v_former)); end if;
  if v_to <> p_actor and not exists (select 1 from working(p_now) w where w.actor = v_to and w.role in ('operator', 'supervisor', 'admin')) then
    perform fail('SG422', 'to', 'bukan petugas 112 yang sedang bekerja');
  end if;
  update incident set handler = v_to, handler_since = p_now where id = i.id;
  v_told := jsonb_build_object('incident_id', i.id, 'number', i.number, 'handler', v_to, 'former', v_former, 'by', p_actor);
  perform append_event(case when v_to = p_actor then 'handler.taken' else 'handler.given' end, p_actor, i.id, p_now, p_now, i.simulated,
    jsonb_build_object('before', jsonb_build_object('handler', v_former), 'after', jsonb_build_object('handler', v_to), 'told', v_told));
  return v_told;
end $$;
