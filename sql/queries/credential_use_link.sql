-- Uses a one-time link: answers it once, and never again.
update credential set used_at = :now::timestamptz
where kind = 'link' and secret_hash = :secret_hash and used_at is null and revoked_at is null and (expires_at is null or expires_at > :now::timestamptz)
returning id, role, label, agency_id, unit_id
