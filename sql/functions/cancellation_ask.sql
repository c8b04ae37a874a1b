-- Verb: an operator asks that a case to which somebody was sent be cancelled (POST /api/incidents/:id/cancellation). p_input {words}.
create or replace function cancellation_ask(p_incident_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  i incident;
  c cancellation_request;
  v_note text;
begin
  perform incident_lock(array[p_incident_id], p_simulated);
  select * into i from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if not i.open then perform fail('SG409', 'status', format('kejadian sudah %s', i.status)); end if;
  if not exists (select 1 from assignment where incident_id = i.id) then perform fail('SG409', 'status', 'belum ada yang dikirim: batalkan langsung'); end if;
  if exists (select 1 from cancellation_request where incident_id = i.id and status = 'open') then perform fail('SG409', 'id', 'pembatalan sudah diminta dan belum dijawab'); end if;
  insert into cancellation_request (incident_id, asked_at, asked_by, simulated) values (i.id, p_now, p_actor, i.simulated) returning * into c;
  v_note := cancellation_note_add(c, 'cancellation_asked', p_input ->> 'words', p_actor, p_now);
  perform append_event('cancellation.asked', p_actor, i.id, p_now, p_now, i.simulated, jsonb_build_object(
    'after', cancellation_json(c), 'told', cancellation_json(c), 'private', jsonb_build_object('words', v_note)));
  return cancellation_json(c);
end $$;
