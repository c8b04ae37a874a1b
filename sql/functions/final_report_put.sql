-- Verb: the operator's final report of a case, written or written anew (PUT /api/incidents/:id/final-report). p_input {summary, cause, outcome, damage, told,
-- notes, dead, injured, evacuated, revision}; revision is the one that was read (0: none yet), so that of two who write at once the second is told. A case
-- that is not over is closed by it in the same transaction, units freed as by every closing. Answers the report.
create or replace function final_report_put(p_incident_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b incident;
  r final_report;
  v_salt text := gen_random_uuid()::text;
begin
  perform incident_lock(array[p_incident_id] || waiting_behind(p_incident_id), p_simulated);
  select * into b from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if b.status = 'duplicate' then
    perform fail('SG409', 'id', format('kejadian ini ganda; laporannya ditulis pada %s', (select number from incident where id = incident_head(b.id))));
  end if;
  if coalesce((select revision from final_report where incident_id = b.id), 0) <> (p_input ->> 'revision')::integer then
    perform fail('SG409', 'revision', 'laporan sudah diubah orang lain; muat ulang');
  end if;
  insert into final_report (incident_id, dead, injured, evacuated, summary, cause, outcome, damage, told, notes, salt, revision, written_at, written_by)
  values (b.id, (p_input ->> 'dead')::integer, (p_input ->> 'injured')::integer, (p_input ->> 'evacuated')::integer, p_input ->> 'summary', p_input ->> 'cause',
    p_input ->> 'outcome', p_input ->> 'damage', p_input ->> 'told', p_input ->> 'notes', v_salt, 1, p_now, p_actor)
  on conflict (incident_id) do update set dead = excluded.dead, injured = excluded.injured, evacuated = excluded.evacuated, summary = excluded.summary,
    cause = excluded.cause, outcome = excluded.outcome, damage = excluded.damage, told = excluded.told, notes = excluded.notes, salt = excluded.salt,
    revision = final_report.revision + 1, written_at = excluded.written_at, written_by = excluded.written_by
  returning * into r;
  if b.open then
    perform incident_patch(b.id, '{"status": "closed"}', p_actor, p_now, p_simulated);
    select * into b from incident where id = b.id;
  else
    perform outbox_put(b.id, b.simulated, 'final_report', p_actor, p_now);
  end if;
  perform append_event('incident.final_report', p_actor, b.id, p_now, p_now, b.simulated, jsonb_build_object('before', '{}'::jsonb, 'after', incident_json(b),
    'report', jsonb_build_object('revision', r.revision, 'dead', r.dead, 'injured', r.injured, 'evacuated', r.evacuated),
    'private', jsonb_build_object('report', private_digest(v_salt, concat_ws(chr(31), r.summary, r.cause, r.outcome, r.damage, r.told, r.notes)))));
  return to_jsonb(r) - 'salt';
end $$;
