-- Verb: a block is taken back, told by its own id or by a call of its number (DELETE /api/number-blocks/:id, /api/calls/:id/block). SG404 without one.
create or replace function number_block_lift(p_id uuid, p_call_id uuid, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b number_block;
begin
  delete from number_block where simulated = p_simulated and case when p_id is not null then id = p_id
    else number_hash = (select number_hash from call_private where call_id = p_call_id) end
  returning * into b;
  if not found then perform fail('SG404', 'id', 'nomor ini tidak diblokir'); end if;
  perform number_block_tell(b.number_hash, null, p_actor, p_now, p_simulated);
  return jsonb_build_object('seq', append_event('call.unblocked', p_actor, null, p_now, p_now, p_simulated,
    jsonb_build_object('call_id', b.call_id, 'before', jsonb_build_object('blocked_until', b.expires_at))));
end $$;
