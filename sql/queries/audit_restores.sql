-- Where the log was restored from a backup, oldest first: its line, and what that says of the backup and of what it took the place of. Called by server/audit/restores.ts.
select seq, recorded_at, line::jsonb -> 'body' as body from event where kind = 'log.restored' and actor = 'command:restore' order by seq
