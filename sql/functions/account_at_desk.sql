-- The login of an active account by the name a PBX uses for its extension; null for one that is not known.
create or replace function account_at_desk(p_name text) returns text language sql stable as $$
  select login from account where login = lower(trim(p_name)) and active
$$;
