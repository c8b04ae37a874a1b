-- Notes that a session is in use, and its account. Called by server/auth/authenticate.ts, once a minute at most.
with seen as (
  update credential set last_seen_at = :now::timestamptz where id = :id::uuid and revoked_at is null returning account_id
)
update account a set last_seen_at = :now::timestamptz from seen where a.id = seen.account_id
