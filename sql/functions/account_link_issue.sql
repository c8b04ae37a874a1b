-- Verb: an admin has a one-time link made with which an account's owner sets a password (POST /api/accounts/:id/link). Links made before and not used are over.
create or replace function account_link_issue(p_id uuid, p_secret_hash text, p_expires_at timestamptz, p_actor text, p_now timestamptz) returns jsonb
language plpgsql as $$
declare
  a account;
begin
  select * into a from account where id = p_id for update;
  if not found then perform fail('SG404', 'id', 'akun tidak ditemukan'); end if;
  if not a.active then perform fail('SG409', 'active', 'akun ini dinonaktifkan'); end if;
  update credential set revoked_at = p_now where account_id = p_id and kind = 'link' and used_at is null and revoked_at is null;
  insert into credential (kind, purpose, secret_hash, role, label, account_id, created_at, expires_at)
  values ('link', 'password', p_secret_hash, a.role, 'kata sandi', a.id, p_now, p_expires_at);
  perform append_event('account.link_issued', p_actor, null, p_now, p_now, false, jsonb_build_object('after', account_told(a)));
  return account_json(a);
end $$;
