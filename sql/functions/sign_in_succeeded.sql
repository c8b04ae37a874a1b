-- It was the right password: what led to it is forgiven, for the login only from this address, which is known from now on. Called by
-- server/auth/shared_throttle.ts.
create or replace function sign_in_succeeded(p_login text, p_address text, p_now timestamptz) returns void language plpgsql as $$
declare
  v_pair text := sign_in_key(p_login || ' ' || p_address);
  v_known boolean := exists (select from sign_in_known where key_hash = v_pair);
begin
  perform from sign_in_try
  where key_hash in (v_pair, sign_in_key('address ' || p_address), sign_in_key('login ' || p_login)) order by key_hash for update;
  delete from sign_in_try where key_hash in (v_pair, sign_in_key('address ' || p_address))
    or (not v_known and key_hash = sign_in_key('login ' || p_login));
  insert into sign_in_known (key_hash, last_at) values (v_pair, p_now) on conflict (key_hash) do update set last_at = excluded.last_at;
end $$;
