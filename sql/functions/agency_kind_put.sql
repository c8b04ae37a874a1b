-- Verb: an admin says how old a position of units of a kind may be before they count from their posts (PUT and DELETE /api/agency-kinds/:kind).
-- p_built_in: it is the program's own limit, which follows the program again. Answers {changed}; the same again: no line.
create or replace function agency_kind_put(p_kind text, p_limit integer, p_built_in boolean, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  b agency_kind;
begin
  if not exists (select 1 from agency g where g.kind = p_kind and g.active) then
    perform fail('SG404', 'kind', 'tidak ada instansi berjenis ' || p_kind);
  end if;
  select * into b from agency_kind where kind = p_kind for update;
  if found and b.position_age_limit_seconds = p_limit and (b.set_at is null) = p_built_in then return jsonb_build_object('changed', false); end if;
  insert into agency_kind (kind, position_age_limit_seconds, set_at, set_by)
  values (p_kind, p_limit, case when p_built_in then null else p_now end, case when p_built_in then null else p_actor end)
  on conflict (kind) do update set position_age_limit_seconds = excluded.position_age_limit_seconds, set_at = excluded.set_at, set_by = excluded.set_by;
  perform append_event('masterdata.agency_kind_set', p_actor, null, p_now, p_now, false, jsonb_build_object(
    'kind', p_kind, 'before', jsonb_build_object('position_age_limit_seconds', b.position_age_limit_seconds),
    'after', jsonb_build_object('position_age_limit_seconds', p_limit), 'built_in', p_built_in));
  return jsonb_build_object('changed', true);
end $$;
