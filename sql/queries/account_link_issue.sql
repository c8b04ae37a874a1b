-- Verb: see sql/functions/account_link_issue.sql.
select account_link_issue(:id::uuid, :secret_hash, :expires_at::timestamptz, :actor, :now::timestamptz) as answer
