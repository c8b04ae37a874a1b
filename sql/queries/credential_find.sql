-- Whom a secret lets in; null when unknown, expired, idle too long, revoked, opened with something since revoked, or of a disabled account. Called by
-- server/auth/credentials.ts. `stale`: its use was noted a minute ago or more.
select c.id, c.kind, c.scope, c.role, c.label, c.agency_id, c.unit_id, c.account_id, a.login, c.expires_at,
  (c.kind = 'session' or c.scope is not null) and coalesce(c.last_seen_at, '-infinity') < :now::timestamptz - interval '1 minute' as stale
from credential c
left join credential p on p.id = c.parent_id
left join account a on a.id = c.account_id
where c.secret_hash = :secret_hash and c.revoked_at is null and (c.expires_at is null or c.expires_at > :now::timestamptz)
  and (c.idle_seconds is null or coalesce(c.last_seen_at, c.created_at) + make_interval(secs => c.idle_seconds) > :now::timestamptz)
  and (p.id is null or p.revoked_at is null) and (a.id is null or a.active) and not (c.kind = 'link' and c.used_at is not null)
