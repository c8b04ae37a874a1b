-- What two spellings of one phone number have in common: digits without the country's 62 and the leading 0 (0812…, 62812…, +62 812-…).
-- Of a SIP address the part before the @. Null for what is no number (anonymous, fewer than 5 digits). Called by the verbs that match a device's location to its call.
create or replace function phone_key(p_number text) returns text language sql immutable as $$
  select case when length(k) >= 5 then k end
  from (select regexp_replace(regexp_replace(split_part(p_number, '@', 1), '\D', '', 'g'), '^(00)?(62)?0*', '') as k) one
$$;
