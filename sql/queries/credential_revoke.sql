-- Ends one credential.
update credential set revoked_at = :now::timestamptz where id = :id::uuid and revoked_at is null returning id
