-- An account as admins see it (geo/wire/accounts.ts): never its password's hash.
create or replace function account_json(a account) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', a.id, 'login', a.login, 'role', a.role, 'agency_id', a.agency_id, 'unit_id', a.unit_id,
    'agency', (select g.code from agency g where g.id = a.agency_id), 'unit', (select u.callsign from unit u where u.id = a.unit_id),
    'active', a.active, 'has_password', a.password_hash is not null, 'created_at', a.created_at, 'password_set_at', a.password_set_at,
    'last_seen_at', a.last_seen_at)
$$;
