-- Notes that a page opened with a credential is there. Called by server/main.ts, each quarter of a minute at most.
update credential set online_at = :now::timestamptz where id = :id::uuid and revoked_at is null
