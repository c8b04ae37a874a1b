-- Verb: a scenario is thrown away, words and all (DELETE /api/coverage/scenarios/:id); p_revision is the one that was read.
create or replace function coverage_scenario_remove(p_id uuid, p_revision integer, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  s coverage_scenario;
begin
  select * into s from coverage_scenario where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'skenario tidak ditemukan'); end if;
  if s.revision <> p_revision then perform fail('SG409', 'revision', format('sudah diubah oleh %s; muat ulang', s.updated_by)); end if;
  delete from coverage_scenario where id = p_id;
  perform append_event('coverage.removed', p_actor, null, p_now, p_now, s.simulated, jsonb_build_object('before', coverage_scenario_told(s)));
  return coverage_scenario_json(s);
end $$;
