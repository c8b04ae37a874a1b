-- Salted digest of personal text, for the log: proves what was written without holding it. Null stays null.
create or replace function private_digest(p_salt text, p_text text) returns text language sql immutable as $$
  select case when p_text is null then null else encode(sha256(convert_to(p_salt || p_text, 'UTF8')), 'hex') end
$$;
