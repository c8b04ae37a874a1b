-- Verb: the outgoing shift writes its note, or writes it anew until it is acknowledged (PUT /api/handovers). p_input {day, shift, words, equipment, cases, revision};
-- revision is the one that was read (0: none yet), so that of two who write at once the second is told.
create or replace function handover_put(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  h handover;
  v_salt text := gen_random_uuid()::text;
begin
  insert into handover (day, shift, simulated, cases, revision, written_at, written_by)
  values ((p_input ->> 'day')::date, p_input ->> 'shift', p_simulated, p_input -> 'cases', 0, p_now, p_actor) on conflict do nothing;
  select * into h from handover where day = (p_input ->> 'day')::date and shift = p_input ->> 'shift' and simulated = p_simulated for update;
  if h.acknowledged_at is not null then perform fail('SG409', 'revision', format('sudah diterima %s', h.acknowledged_by)); end if;
  if h.revision <> (p_input ->> 'revision')::integer then perform fail('SG409', 'revision', format('sudah ditulis %s; muat ulang', h.written_by)); end if;
  update handover set cases = p_input -> 'cases', revision = h.revision + 1, written_at = p_now, written_by = p_actor where id = h.id returning * into h;
  insert into handover_private (handover_id, salt, words, equipment) values (h.id, v_salt, p_input ->> 'words', p_input ->> 'equipment')
  on conflict (handover_id) do update set salt = excluded.salt, words = excluded.words, equipment = excluded.equipment, erased_at = null;
  perform append_event('handover.written', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object(
    'after', jsonb_build_object('id', h.id, 'day', h.day, 'shift', h.shift, 'revision', h.revision, 'cases', (select coalesce(jsonb_agg(c -> 'number'), '[]') from jsonb_array_elements(h.cases) c)),
    'private', jsonb_build_object('words', private_digest(v_salt, concat_ws(chr(31), p_input ->> 'words', p_input ->> 'equipment')))));
  return handover_json(h);
end $$;
