-- Verb: a scenario is kept, or changed (POST /api/coverage/scenarios, PATCH …/:id; p_id null: a new one). p_input as geo/wire/coverage_scenarios.ts; of a change
-- only what it names, with the revision that was read. Words are never in the log (coverage_scenario_told). The same again: no line.
create or replace function coverage_scenario_put(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b coverage_scenario;
  s coverage_scenario;
  v_before jsonb;
  v_after jsonb;
begin
  if p_id is null then
    if (select count(*) from coverage_scenario where simulated = p_simulated) >= 500 then perform fail('SG409', 'name', 'sudah ada 500 skenario; hapus yang tidak dipakai'); end if;
    insert into coverage_scenario (name, note, agency_kind, minutes, from_where, changes, simulated, created_at, created_by, updated_at, updated_by)
    values (p_input ->> 'name', p_input ->> 'note', p_input ->> 'agency_kind', p_input -> 'minutes', p_input ->> 'from', p_input -> 'changes', p_simulated, p_now, p_actor, p_now, p_actor)
    returning * into s;
  else
    select * into b from coverage_scenario where id = p_id and simulated = p_simulated for update;
    if not found then perform fail('SG404', 'id', 'skenario tidak ditemukan'); end if;
    if b.revision <> (p_input ->> 'revision')::integer then perform fail('SG409', 'revision', format('sudah diubah oleh %s; muat ulang', b.updated_by)); end if;
    s := b;
    s.name := coalesce(p_input ->> 'name', b.name); s.note := coalesce(p_input ->> 'note', b.note); s.agency_kind := coalesce(p_input ->> 'agency_kind', b.agency_kind);
    s.minutes := coalesce(p_input -> 'minutes', b.minutes); s.from_where := coalesce(p_input ->> 'from', b.from_where); s.changes := coalesce(p_input -> 'changes', b.changes);
    if s = b then return coverage_scenario_json(b); end if;
    update coverage_scenario set name = s.name, note = s.note, agency_kind = s.agency_kind, minutes = s.minutes, from_where = s.from_where, changes = s.changes,
      revision = b.revision + 1, updated_at = p_now, updated_by = p_actor where id = p_id returning * into s;
    v_before := coverage_scenario_told(b);
  end if;
  v_after := coverage_scenario_told(s);
  perform append_event('coverage.saved', p_actor, null, p_now, p_now, s.simulated, jsonb_build_object(
    'before', jsonb_changed(v_before, v_after), 'after', v_after, 'renamed', b.name is distinct from s.name, 'noted', coalesce(b.note, '') is distinct from s.note));
  return coverage_scenario_json(s);
end $$;
