-- Verb: the incoming shift takes the note over (POST /api/handovers/:id/acknowledge), as it was read (p_revision); never who wrote it.
create or replace function handover_acknowledge(p_id uuid, p_revision integer, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  h handover;
begin
  select * into h from handover where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'catatan tidak ditemukan'); end if;
  if h.acknowledged_at is not null then perform fail('SG409', 'id', format('sudah diterima %s', h.acknowledged_by)); end if;
  if h.revision <> p_revision then perform fail('SG409', 'revision', 'catatan sudah diubah; baca lagi'); end if;
  if h.written_by = p_actor then perform fail('SG409', 'id', 'diterima oleh orang lain, bukan penulisnya'); end if;
  update handover set acknowledged_at = p_now, acknowledged_by = p_actor where id = p_id returning * into h;
  perform append_event('handover.acknowledged', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object(
    'after', jsonb_build_object('id', h.id, 'day', h.day, 'shift', h.shift, 'revision', h.revision)));
  return handover_json(h);
end $$;
