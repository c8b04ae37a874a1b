-- Forgets what lets nobody in any more since :before (revoked, expired, used up, idle too long), unless something opened with it still does. Called by server/jobs/housekeeping.ts.
with over as (
  select id from credential
  where least(revoked_at, expires_at, case when kind = 'link' then used_at end,
    case when idle_seconds is not null then coalesce(last_seen_at, created_at) + make_interval(secs => idle_seconds) end) < :before::timestamptz
)
delete from credential c using over where c.id = over.id and not exists (select 1 from credential s where s.parent_id = c.id and s.id not in (select id from over))
