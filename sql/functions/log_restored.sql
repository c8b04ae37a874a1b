-- Verb of `npm run restore` (server/backup/load.ts), the last of its transaction: the log goes on under another log_id, its next line says what it was restored
-- from and what it took the place of; sessions and links end, since what was ended after the backup must not live again. A screen's session and API tokens stay:
-- they are answered, with the new head, for whoever must look at them. p_told: {made_at, program, sha256, log_id, seq, hash, replaced}.
create or replace function log_restored(p_told jsonb, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_ended integer;
begin
  update credential set revoked_at = p_now
  where revoked_at is null and (kind = 'link' or (kind = 'session' and role <> 'screen'));
  get diagnostics v_ended = row_count;
  -- Who was sending then does so no more: what is owed is owed at once.
  update outbox_message set claim = null, leased_until = null where claim is not null;
  -- Where it lies now, so that the next start does not take it for a copy that was promoted.
  update log_head set log_id = gen_random_uuid(), cluster = log_cluster() where id = 1;
  perform append_event('log.restored', p_actor, null, p_now, p_now, false, p_told);
  return (
    select jsonb_build_object('log_id', h.log_id, 'seq', h.seq, 'hash', h.hash, 'ended', v_ended, 'stay', coalesce((
      select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'role', c.role, 'label', c.label, 'created_at', c.created_at) order by c.created_at)
      from credential c where c.revoked_at is null and (c.expires_at is null or c.expires_at > p_now)), '[]'))
    from log_head h where h.id = 1);
end $$;
