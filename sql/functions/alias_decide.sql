-- Verb: an admin accepts or rejects a name for a place (PATCH /api/aliases/:id), possibly in better words. p_input {status, alias?}; the caller has checked
-- the words. What was decided may be decided otherwise later. An accepted text is public and stands in the log, any other is a digest there. The same again: no line.
create or replace function alias_decide(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b "alias";
  a "alias";
  v_seq bigint;
begin
  lock table alias in share row exclusive mode;
  select * into b from alias where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'nama lain tidak ditemukan'); end if;
  a := b;
  a.status := p_input ->> 'status'; a.alias := coalesce(p_input ->> 'alias', b.alias);
  if a is not distinct from b then return jsonb_build_object('alias', alias_json(b), 'seq', null); end if;
  if a.alias <> b.alias and (alias_known(a)).id <> a.id then perform fail('SG409', 'alias', 'nama ini sudah diajukan untuk tempat yang sama'); end if;
  update alias set status = a.status, alias = a.alias, decided_at = p_now, decided_by = p_actor where id = p_id returning * into a;
  v_seq := alias_told(b, a, p_actor, p_now);
  return jsonb_build_object('alias', alias_json(a), 'seq', v_seq);
end $$;
