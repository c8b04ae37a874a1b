-- Counts a try to sign in as failed from its beginning, for login and address, on all servers alike; or answers the whole seconds to wait first. Called by
-- server/auth/shared_throttle.ts, whose numbers it is given: tries that are free and the longest wait in seconds, of a login and of an address.
-- Tries are forgotten an hour after the last. Appends nothing to the log: a try is no change of the room's state.
create or replace function sign_in_begin(p_login text, p_address text, p_free integer[], p_longest integer[], p_now timestamptz)
returns integer language plpgsql as $$
declare
  v_pair text := sign_in_key(p_login || ' ' || p_address);
  v_known boolean := exists (select from sign_in_known where key_hash = v_pair);
  v_login text := case when v_known then v_pair else sign_in_key('login ' || p_login) end;
  v_address text := sign_in_key('address ' || p_address);
  v_wait double precision;
begin
  -- Always in the same order, so that two tries never wait for each other.
  insert into sign_in_try (key_hash, count, last_at)
  select key, 0, p_now from unnest(array[v_login, v_address]) key order by key on conflict do nothing;
  perform from sign_in_try where key_hash in (v_login, v_address) order by key_hash for update;
  update sign_in_try set count = 0 where key_hash in (v_login, v_address) and last_at < p_now - interval '1 hour';
  select max(extract(epoch from last_at - p_now) + least(p_longest[n], 2 ^ least(count - p_free[n], 20))) into v_wait
  from sign_in_try join (values (v_login, 1), (v_address, 2)) of_key (key, n) on key = key_hash
  where count >= p_free[n];
  if v_wait > 0 then return ceil(v_wait); end if;
  update sign_in_try set count = count + 1, last_at = p_now where key_hash in (v_login, v_address);
  return 0;
end $$;
