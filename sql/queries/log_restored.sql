-- Ends a restore: see functions/log_restored.sql. Called by server/backup/load.ts.
select log_restored(:told::jsonb, :actor, :now::timestamptz) as restored
