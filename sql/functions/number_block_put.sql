-- Verb: the number of a call that was prank or ghost is blocked for p_hours from now (POST /api/calls/:id/block); once more: from now again.
-- Its calls are recorded and stand at the desks all the same, only quietly. The line names the call, neither number nor hash.
create or replace function number_block_put(p_call_id uuid, p_hours integer, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  c call;
  v_hash text;
  v_until timestamptz := p_now + make_interval(hours => p_hours);
  v_seq bigint;
begin
  select * into c from call where id = p_call_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'panggilan tidak ditemukan'); end if;
  if c.kind is null or c.kind not in ('prank', 'ghost') then perform fail('SG409', 'kind', 'hanya nomor panggilan iseng atau hampa yang dapat diblokir'); end if;
  update call_private set number_hash = number_hash(caller_number) where call_id = c.id and erased_at is null returning number_hash into v_hash;
  if v_hash is null then perform fail('SG422', 'caller_number', 'nomornya tidak diketahui'); end if;
  insert into number_block (number_hash, simulated, call_id, blocked_at, expires_at, blocked_by)
  values (v_hash, p_simulated, c.id, p_now, v_until, p_actor)
  on conflict (number_hash, simulated) do update set call_id = excluded.call_id, blocked_at = excluded.blocked_at, expires_at = excluded.expires_at, blocked_by = excluded.blocked_by;
  perform number_block_tell(v_hash, v_until, p_actor, p_now, p_simulated);
  v_seq := append_event('call.blocked', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object('call_id', c.id, 'blocked_until', v_until));
  return jsonb_build_object('blocked_until', v_until, 'seq', v_seq);
end $$;
