-- Verb: somebody changes the own password (PUT /api/session/password). Ends the account's other sessions and its unused links; p_keep, the session it
-- was changed in, goes on. The log has the login, never the hash.
create or replace function account_password_set(p_id uuid, p_hash text, p_keep uuid, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  a account;
begin
  update account set password_hash = p_hash, password_set_at = p_now where id = p_id and active returning * into a;
  if not found then perform fail('SG404', 'id', 'akun tidak ditemukan'); end if;
  update credential set revoked_at = p_now where account_id = p_id and revoked_at is null and id is distinct from p_keep;
  perform append_event('account.password_set', p_actor, null, p_now, p_now, false, jsonb_build_object('after', account_told(a)));
  return account_json(a);
end $$;
