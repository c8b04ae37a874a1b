-- Verb: an OPD that works or worked on a case adds a photo to its report (POST /api/incidents/:id/report/photos). p_photo {kind, width, height}; p_bytes
-- without what a camera adds, p_sha256 theirs in hex. The same bytes again answer the photo that stands, with added false, and write nothing.
create or replace function report_photo_add(
  p_incident_id uuid, p_agency_id uuid, p_photo jsonb, p_bytes bytea, p_sha256 text, p_most integer, p_actor text, p_now timestamptz, p_simulated boolean
) returns jsonb language plpgsql as $$
declare
  b incident;
  r report_photo;
  v_after jsonb;
begin
  perform incident_lock(array[p_incident_id], p_simulated);
  select * into b from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if not exists (select 1 from assignment where incident_id = b.id and agency_id = p_agency_id and (active or status = 'done')) then
    perform fail('SG403', 'id', 'instansi Anda tidak menangani kejadian ini');
  end if;
  select * into r from report_photo where incident_id = b.id and agency_id = p_agency_id and sha256 = p_sha256;
  if found then return jsonb_build_object('added', false, 'photo', report_photo_json(r)); end if;
  if (select count(*) from report_photo where incident_id = b.id and agency_id = p_agency_id) >= p_most then
    perform fail('SG409', 'foto', format('sudah %s foto; hapus satu dahulu', p_most));
  end if;
  insert into report_photo (incident_id, agency_id, number, sha256, kind, width, height, bytes, salt, written_at, written_by)
  select b.id, p_agency_id, coalesce(max(o.number), 0) + 1, p_sha256, p_photo ->> 'kind', (p_photo ->> 'width')::integer, (p_photo ->> 'height')::integer,
    p_bytes, gen_random_uuid()::text, p_now, p_actor
  from report_photo o where o.incident_id = b.id and o.agency_id = p_agency_id
  returning * into r;
  v_after := incident_json(b);
  perform append_event('incident.photo_added', p_actor, b.id, p_now, p_now, b.simulated, jsonb_build_object('before', '{}'::jsonb, 'after', v_after,
    'agency_id', r.agency_id, 'photo', jsonb_build_object('id', r.id, 'number', r.number, 'kind', r.kind),
    'private', jsonb_build_object('photo', private_digest(r.salt, p_sha256))));
  return jsonb_build_object('added', true, 'photo', report_photo_json(r));
end $$;
