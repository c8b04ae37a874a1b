-- Verb: an OPD that worked on a case writes its final report, or writes it anew (PUT /api/incidents/:id/report). p_input {dead, injured, evacuated, cause,
-- damage, measures, words, revision}; revision is the one that was read (0: none yet), so that of two who write at once the second is told.
create or replace function agency_report_put(p_incident_id uuid, p_agency_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b incident;
  r agency_report;
  v_after jsonb;
  v_salt text := gen_random_uuid()::text;
begin
  perform incident_lock(array[p_incident_id], p_simulated);
  select * into b from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if not exists (select 1 from assignment where incident_id = b.id and agency_id = p_agency_id and (active or status = 'done')) then
    perform fail('SG403', 'id', 'instansi Anda tidak menangani kejadian ini');
  end if;
  if coalesce((select revision from agency_report where incident_id = b.id and agency_id = p_agency_id), 0) <> (p_input ->> 'revision')::integer then
    perform fail('SG409', 'revision', 'laporan sudah diubah orang lain; muat ulang');
  end if;
  insert into agency_report (incident_id, agency_id, dead, injured, evacuated, cause, damage, measures, words, salt, revision, written_at, written_by)
  values (b.id, p_agency_id, (p_input ->> 'dead')::integer, (p_input ->> 'injured')::integer, (p_input ->> 'evacuated')::integer, p_input ->> 'cause',
    p_input ->> 'damage', p_input ->> 'measures', p_input ->> 'words', v_salt, 1, p_now, p_actor)
  on conflict (incident_id, agency_id) do update set dead = excluded.dead, injured = excluded.injured, evacuated = excluded.evacuated, cause = excluded.cause,
    damage = excluded.damage, measures = excluded.measures, words = excluded.words, salt = excluded.salt, revision = agency_report.revision + 1,
    written_at = excluded.written_at, written_by = excluded.written_by
  returning * into r;
  v_after := incident_json(b);
  if not b.open then perform outbox_put(b.id, b.simulated, 'opd_report', p_actor, p_now); end if;
  perform append_event('incident.reported', p_actor, b.id, p_now, p_now, b.simulated, jsonb_build_object('before', '{}'::jsonb, 'after', v_after,
    'agency_id', r.agency_id, 'report', jsonb_build_object('revision', r.revision, 'dead', r.dead, 'injured', r.injured, 'evacuated', r.evacuated),
    'private', jsonb_build_object('report', private_digest(v_salt, concat_ws(chr(31), r.cause, r.damage, r.measures, r.words)))));
  return to_jsonb(r) - 'salt';
end $$;
