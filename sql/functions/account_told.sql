-- What the log holds of an account: its login and what it may do.
create or replace function account_told(a account) returns jsonb language sql immutable as $$
  select case when a.id is null then null else jsonb_build_object(
    'id', a.id, 'login', a.login, 'role', a.role, 'agency_id', a.agency_id, 'unit_id', a.unit_id, 'active', a.active) end
$$;
