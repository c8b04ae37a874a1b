-- Verb: a one-time link sets a password (POST /api/links/use): of its account, or of the first admin, whom it makes with p_login. Once, and nobody's
-- session outlives it. SG404: used, over or never made; SG409: there is an admin already, or the login is taken.
create or replace function account_link_use(p_secret_hash text, p_login text, p_hash text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  c credential;
  a account;
begin
  lock table account in share row exclusive mode;
  select * into c from credential where secret_hash = p_secret_hash and kind = 'link' and purpose <> 'session' and used_at is null and revoked_at is null
    and (expires_at is null or expires_at > p_now) for update;
  if not found then perform fail('SG404', 'link', 'tautan ini sudah dipakai atau kedaluwarsa'); end if;
  if c.purpose = 'first_admin' then
    if exists (select 1 from account x where x.role = 'admin' and x.active and x.password_hash is not null) then
      perform fail('SG409', 'link', 'admin pertama sudah ada');
    end if;
    if exists (select 1 from account x where x.login = p_login) then perform fail('SG409', 'login', 'nama masuk ini sudah dipakai'); end if;
    insert into account (login, role, password_hash, password_set_at, created_at) values (p_login, 'admin', p_hash, p_now, p_now) returning * into a;
  else
    update account set password_hash = p_hash, password_set_at = p_now where id = c.account_id and active returning * into a;
    if not found then perform fail('SG409', 'link', 'akun ini dinonaktifkan'); end if;
  end if;
  update credential set used_at = p_now where id = c.id;
  update credential set revoked_at = p_now where id <> c.id and revoked_at is null and (account_id = a.id or (c.purpose = 'first_admin' and purpose = c.purpose));
  perform append_event(case c.purpose when 'first_admin' then 'account.created' else 'account.password_set' end, a.role || ':' || a.login, null, p_now, p_now,
    false, jsonb_build_object('after', account_told(a), 'by', c.purpose || '_link'));
  return account_json(a);
end $$;
