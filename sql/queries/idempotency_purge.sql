-- Forgets keys that no client repeats any more. Called by server/jobs/housekeeping.ts.
delete from idempotency_key where created_at < :before::timestamptz
