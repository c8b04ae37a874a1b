-- HMAC-SHA-256 (RFC 2104) of a number's phone_key with the installation's secret, hex: tells two calls of one number without keeping it.
-- Null for what is no number. No extension that has an hmac is in the embedded database.
create or replace function number_hash(p_number text) returns text language plpgsql stable as $$
declare
  v_key bytea;
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
begin
  if phone_key(p_number) is null then return null; end if;
  select decode(value #>> '{}', 'base64') into strict v_key from setting where key = 'number_key';
  for i in 0 .. length(v_key) - 1 loop
    v_inner := set_byte(v_inner, i, get_byte(v_inner, i) # get_byte(v_key, i));
    v_outer := set_byte(v_outer, i, get_byte(v_outer, i) # get_byte(v_key, i));
  end loop;
  return encode(sha256(v_outer || sha256(v_inner || convert_to(phone_key(p_number), 'UTF8'))), 'hex');
end $$;
