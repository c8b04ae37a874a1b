-- What an unused link is for, and whose. Called by server/verbs/sign_in.ts and pages.ts.
select c.purpose, a.login from credential c left join account a on a.id = c.account_id
where c.kind = 'link' and c.secret_hash = :secret_hash and c.used_at is null and c.revoked_at is null and (c.expires_at is null or c.expires_at > :now::timestamptz)
  and (a.id is null or a.active)
