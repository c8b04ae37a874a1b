-- Ends what an earlier run of the simulation let itself in with. Called by server/main.ts.
update credential set revoked_at = :now::timestamptz where label = :label and kind = 'token' and revoked_at is null
