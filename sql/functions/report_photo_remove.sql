-- Verb: an OPD takes a photo out of its report, until the case is closed (DELETE /api/incidents/:id/report/photos/:photo_id). p_agency_id null: any OPD's.
create or replace function report_photo_remove(
  p_incident_id uuid, p_photo_id uuid, p_agency_id uuid, p_actor text, p_now timestamptz, p_simulated boolean
) returns void language plpgsql as $$
declare
  b incident;
  v_agency_id uuid;
  v_number integer;
begin
  perform incident_lock(array[p_incident_id], p_simulated);
  select * into b from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  select agency_id, number into v_agency_id, v_number from report_photo where id = p_photo_id and incident_id = b.id;
  if not found then perform fail('SG404', 'photo_id', 'foto tidak ditemukan'); end if;
  if p_agency_id is not null and v_agency_id <> p_agency_id then perform fail('SG403', 'photo_id', 'foto itu milik instansi lain'); end if;
  if b.status = 'closed' then perform fail('SG409', 'photo_id', 'kejadian sudah ditutup; fotonya tetap'); end if;
  delete from report_photo where id = p_photo_id;
  perform append_event('incident.photo_removed', p_actor, b.id, p_now, p_now, b.simulated, jsonb_build_object('before', '{}'::jsonb,
    'after', incident_json(b), 'agency_id', v_agency_id, 'photo', jsonb_build_object('id', p_photo_id, 'number', v_number)));
end $$;
