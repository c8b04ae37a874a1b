-- Verb: an OPD that is on a case asks for units of another kind (POST /api/incidents/:id/help). p_input {agency_kind, quantity, words}.
create or replace function help_ask(p_incident_id uuid, p_agency_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b incident;
  h help_request;
  v_before jsonb;
  v_after jsonb;
  v_note text;
begin
  perform incident_lock(array[p_incident_id], p_simulated);
  select * into b from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if not exists (select 1 from assignment where incident_id = b.id and agency_id = p_agency_id and active) then
    perform fail('SG403', 'id', 'instansi Anda tidak ditugaskan pada kejadian ini');
  end if;
  if not exists (select 1 from agency where kind = p_input ->> 'agency_kind' and active) then perform fail('SG422', 'agency_kind', 'jenis instansi tidak dikenal'); end if;
  if exists (select 1 from help_request where incident_id = b.id and agency_id = p_agency_id and agency_kind = p_input ->> 'agency_kind' and status = 'open') then
    perform fail('SG409', 'agency_kind', 'permintaan yang sama belum dijawab');
  end if;
  v_before := incident_json(b);
  insert into help_request (incident_id, agency_id, agency_kind, quantity, asked_at, simulated)
  values (b.id, p_agency_id, p_input ->> 'agency_kind', (p_input ->> 'quantity')::integer, p_now, b.simulated) returning * into h;
  v_note := help_note_add(h, 'help_asked', p_input ->> 'words', p_actor, p_now);
  v_after := incident_json(b);
  perform append_event('incident.help_asked', p_actor, b.id, p_now, p_now, b.simulated, jsonb_build_object(
    'before', jsonb_changed(v_before, v_after), 'after', v_after, 'help_request_id', h.id, 'private', jsonb_strip_nulls(jsonb_build_object('words', v_note))));
  return jsonb_build_object('id', h.id, 'incident', v_after);
end $$;
