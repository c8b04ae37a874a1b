-- Verb: which cases a breach touches (POST /api/breaches/:id/cases). p_input {add: [number], remove: [number], seen_by: actor, from, to}: seen_by adds every
-- case that this account looked at in [from, to), its calls' cases with it.
create or replace function breach_cases_put(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b breach;
  v_bad text;
  v_added bigint;
  v_removed bigint;
begin
  select * into b from breach where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'kegagalan pelindungan tidak ditemukan'); end if;
  if b.outcome is not null then perform fail('SG409', 'id', 'sudah diakhiri'); end if;
  select n into v_bad from jsonb_array_elements_text(coalesce(p_input -> 'add', '[]')) n
  where not exists (select 1 from incident where number = n and simulated = p_simulated) limit 1;
  if found then perform fail('SG422', 'add', format('%s tidak dikenal', v_bad)); end if;
  insert into breach_case (breach_id, incident_id, added_at)
  select p_id, i.id, p_now from incident i where i.simulated = p_simulated and (
    i.number in (select jsonb_array_elements_text(coalesce(p_input -> 'add', '[]')))
    or i.id in (select coalesce(v.incident_id, c.incident_id) from private_view v left join call c on c.id = v.call_id
      where v.actor = p_input ->> 'seen_by' and v.at >= (p_input ->> 'from')::timestamptz and v.at < (p_input ->> 'to')::timestamptz))
  on conflict do nothing;
  get diagnostics v_added = row_count;
  delete from breach_case d using incident i where d.breach_id = p_id and i.id = d.incident_id
    and i.number in (select jsonb_array_elements_text(coalesce(p_input -> 'remove', '[]')));
  get diagnostics v_removed = row_count;
  if v_added + v_removed > 0 then
    perform append_event('privacy.breach_cases', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object('breach_id', p_id, 'added', v_added, 'removed', v_removed));
  end if;
  return breach_json(b);
end $$;
