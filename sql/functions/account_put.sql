-- Verb: an admin makes an account (p_id null; POST /api/accounts) or changes its role, what it is bound to, or whether it may sign in (PATCH). A change ends
-- its sessions and unused links. The last active admin with a password stays one: SG409. p_input as in geo/wire/accounts.ts. The same again: no line.
create or replace function account_put(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  b account;
  a account;
begin
  lock table account in share row exclusive mode;
  if p_id is null then
    a.id := gen_random_uuid(); a.login := p_input ->> 'login'; a.active := true; a.created_at := p_now;
    if exists (select 1 from account x where x.login = a.login) then perform fail('SG409', 'login', 'nama masuk ini sudah dipakai'); end if;
  else
    select * into b from account where id = p_id;
    if not found then perform fail('SG404', 'id', 'akun tidak ditemukan'); end if;
    a := b;
  end if;
  a.role := coalesce(p_input ->> 'role', a.role); a.active := coalesce((p_input ->> 'active')::boolean, a.active);
  -- Another role starts unbound: what bound the old one says nothing about the new.
  if a.role is distinct from b.role then a.agency_id := null; a.unit_id := null; end if;
  if p_input ? 'agency_id' then a.agency_id := (p_input ->> 'agency_id')::uuid; end if;
  if p_input ? 'unit_id' then a.unit_id := (p_input ->> 'unit_id')::uuid; end if;
  a := account_bound(a);
  if a is not distinct from b then return account_json(a); end if;
  if b.role = 'admin' and b.active and b.password_hash is not null and not (a.role = 'admin' and a.active)
    and not exists (select 1 from account x where x.id <> a.id and x.role = 'admin' and x.active and x.password_hash is not null) then
    perform fail('SG409', case when a.active then 'role' else 'active' end, 'admin aktif terakhir tidak dapat dinonaktifkan atau diganti perannya');
  end if;
  insert into account (id, login, role, agency_id, unit_id, active, created_at)
  values (a.id, a.login, a.role, a.agency_id, a.unit_id, a.active, a.created_at)
  on conflict (id) do update set role = excluded.role, agency_id = excluded.agency_id, unit_id = excluded.unit_id, active = excluded.active;
  update credential set revoked_at = p_now where account_id = a.id and revoked_at is null;
  perform append_event(
    case when b.id is null then 'account.created' when a.active = b.active then 'account.changed' when a.active then 'account.enabled' else 'account.disabled' end,
    p_actor, null, p_now, p_now, false, jsonb_build_object('before', account_told(b), 'after', account_told(a)));
  return account_json(a);
end $$;
