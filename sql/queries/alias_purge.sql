-- Forgets what nobody decided. Called by server/jobs/housekeeping.ts.
delete from alias where status = 'proposed' and last_at < :before::timestamptz
