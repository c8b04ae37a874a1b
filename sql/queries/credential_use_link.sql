-- Uses a one-time link that lets somebody in: answers it once, and never again.
update credential set used_at = :now::timestamptz
where kind = 'link' and purpose = 'session' and secret_hash = :secret_hash and used_at is null and revoked_at is null
  and (expires_at is null or expires_at > :now::timestamptz)
returning id, role, label, agency_id, unit_id
