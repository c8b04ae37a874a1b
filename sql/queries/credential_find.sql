-- Whom a secret lets in; null when unknown, expired, revoked, or opened with something since revoked. Called by server/auth/authenticate.ts.
select c.id, c.kind, c.role, c.label, c.agency_id, c.unit_id, c.account_id from credential c
left join credential p on p.id = c.parent_id
where c.secret_hash = :secret_hash and c.revoked_at is null and (c.expires_at is null or c.expires_at > :now::timestamptz)
  and (p.id is null or p.revoked_at is null) and not (c.kind = 'link' and c.used_at is not null)
