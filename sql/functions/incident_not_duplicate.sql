-- Keeps an operator's word that an incident is none of these others: such a pair is never proposed again. Refuses what it does not know,
-- itself, and one that it is merged with. Answers the ids that are new, for the log line; null for none. Called by incident_create and incident_patch.
create or replace function incident_not_duplicate(i incident, p_ids jsonb, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  o incident;
  v_id uuid;
  v_new jsonb := '[]';
begin
  for v_id in select distinct value::uuid from jsonb_array_elements_text(coalesce(nullif(p_ids, 'null'), '[]')) order by 1 loop
    select * into o from incident where id = v_id and simulated = i.simulated;
    if not found or v_id = i.id then perform fail('SG422', 'not_duplicate_of', 'sebutkan kejadian lain yang ada'); end if;
    if v_id = i.duplicate_of or o.duplicate_of = i.id then perform fail('SG409', 'not_duplicate_of', format('sedang digabung dengan %s; batalkan dahulu', o.number)); end if;
    insert into not_duplicate (a, b, said_at, said_by) values (least(i.id, v_id), greatest(i.id, v_id), p_now, p_actor) on conflict do nothing;
    if found then v_new := v_new || to_jsonb(v_id); end if;
  end loop;
  return nullif(v_new, '[]');
end $$;
