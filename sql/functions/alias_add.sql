-- Verb: an admin gives a place another name (POST /api/aliases), in force at once; p_input as alias_read has it. One that was proposed or rejected becomes accepted.
create or replace function alias_add(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  n "alias" := alias_read(p_input, p_now, p_simulated);
  b "alias" := alias_known(n);
  a "alias";
begin
  if b.id is not null then return alias_decide(b.id, '{"status": "accepted"}', p_actor, p_now, p_simulated); end if;
  n.status := 'accepted'; n.decided_at := p_now; n.decided_by := p_actor;
  insert into alias values (n.*) returning * into a;
  return jsonb_build_object('alias', alias_json(a), 'seq', alias_told(b, a, p_actor, p_now));
end $$;
