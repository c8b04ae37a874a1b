-- Every account with its open sessions, active first, by login. Called by server/verbs/accounts.ts.
select account_json(a) || jsonb_build_object('sessions', (
  select count(*) from credential c where c.account_id = a.id and c.kind = 'session' and c.revoked_at is null and (c.expires_at is null or c.expires_at > :now::timestamptz)
    and (c.idle_seconds is null or coalesce(c.last_seen_at, c.created_at) + make_interval(secs => c.idle_seconds) > :now::timestamptz))) as account
from account a where :id::uuid is null or a.id = :id::uuid order by a.active desc, a.login
