-- Calls of a number that wait at the desks ring loudly or quietly from now on, each with its line. Answers the last seq, null when none waits.
create or replace function number_block_tell(p_hash text, p_until timestamptz, p_actor text, p_now timestamptz, p_simulated boolean) returns bigint language plpgsql as $$
declare
  c call;
  v_was timestamptz;
  v_seq bigint;
begin
  for c in select k.* from call k join call_private p on p.call_id = k.id
    where p.number_hash = p_hash and k.rings and k.kind is null and k.incident_id is null and k.answered_by is null and k.simulated = p_simulated
    order by k.rang_at, k.id for update of k
  loop
    v_was := c.blocked_until;
    if v_was is not distinct from p_until then continue; end if;
    update call set blocked_until = p_until where id = c.id returning * into c;
    v_seq := append_event('call.updated', p_actor, null, p_now, p_now, p_simulated,
      jsonb_build_object('before', jsonb_build_object('blocked_until', v_was), 'after', call_json(c)));
  end loop;
  return v_seq;
end $$;
