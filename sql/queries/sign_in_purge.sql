-- Forgets tries of more than an hour ago, the oldest beyond 100,000, and addresses nobody came in from for 90 days. Called by server/jobs/housekeeping.ts.
with known as (delete from sign_in_known where last_at < :now::timestamptz - interval '90 days')
delete from sign_in_try where last_at < :now::timestamptz - interval '1 hour'
  or key_hash in (select key_hash from sign_in_try order by last_at desc offset 100000)
