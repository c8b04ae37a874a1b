-- Ends one credential, and with it the sessions opened with it. For `npm run token -- --revoke ID`.
update credential set revoked_at = :now::timestamptz where id = :id::uuid and revoked_at is null returning id
