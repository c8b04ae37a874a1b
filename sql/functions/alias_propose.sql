-- Verb: a correction proposes a name for a place (server/verbs/propose_alias.ts); the same again counts up, whatever was decided of it.
-- Nothing is in force by this. The words are a caller's: the log holds their salted digest. Answers {id, times, seq}.
create or replace function alias_propose(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  n "alias" := alias_read(p_input, p_now, p_simulated);
  a "alias" := alias_known(n);
  v_seq bigint;
begin
  if a.id is null then
    insert into alias values (n.*) returning * into a;
  else
    update alias set times = times + 1, last_at = p_now, incident_id = n.incident_id where id = a.id returning * into a;
  end if;
  v_seq := append_event('alias.proposed', p_actor, n.incident_id, p_now, p_now, p_simulated,
    jsonb_build_object('alias_id', a.id, 'times', a.times, 'private', jsonb_build_object('alias', private_digest(a.salt, a.alias))));
  return jsonb_build_object('id', a.id, 'times', a.times, 'seq', v_seq);
end $$;
