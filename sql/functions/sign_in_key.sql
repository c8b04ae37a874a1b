-- Keyed hash of a login or an address, hex; what a table keeps of it. The key stands before and behind, so that nothing can be appended. Called by the
-- functions sign_in_begin and sign_in_succeeded.
create or replace function sign_in_key(p_text text) returns text language sql stable as $$
  select encode(sha256(convert_to((value #>> '{}') || p_text || (value #>> '{}'), 'UTF8')), 'hex') from setting where key = 'sign_in_key'
$$;
