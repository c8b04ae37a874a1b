-- Verb: ends every session of an account, by an admin (DELETE /api/accounts/:id/sessions) or by its owner (DELETE /api/sessions). Answers how many; none: no line.
create or replace function account_sessions_end(p_id uuid, p_actor text, p_now timestamptz) returns integer language plpgsql as $$
declare
  a account;
  v_ended integer;
begin
  select * into a from account where id = p_id for update;
  if not found then perform fail('SG404', 'id', 'akun tidak ditemukan'); end if;
  update credential set revoked_at = p_now
  where account_id = p_id and kind = 'session' and revoked_at is null and (expires_at is null or expires_at > p_now);
  get diagnostics v_ended = row_count;
  if v_ended > 0 then
    perform append_event('account.sessions_ended', p_actor, null, p_now, p_now, false, jsonb_build_object('after', account_told(a), 'ended', v_ended));
  end if;
  return v_ended;
end $$;
