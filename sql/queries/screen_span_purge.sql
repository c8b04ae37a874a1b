-- Forgets what screens painted before :before, and screens nobody named that were not heard since. Called by server/jobs/housekeeping.ts.
with gone as (delete from screen where last_seen_at < :before::timestamptz and name is null and settings = '{}')
delete from screen_span where ended_at < :before::timestamptz
