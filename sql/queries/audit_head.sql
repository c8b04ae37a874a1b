-- The head of the log with its hash, to be noted outside the database. Called by server/backup/load.ts.
select seq, hash from log_head where id = 1
