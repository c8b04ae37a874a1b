-- Ends unused links of one purpose: a start-up prints a new one. Called by server/bin/serve.ts.
update credential set revoked_at = :now::timestamptz where kind = 'link' and purpose = :purpose and used_at is null and revoked_at is null
