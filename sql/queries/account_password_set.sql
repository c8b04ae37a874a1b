-- Verb: see sql/functions/account_password_set.sql.
select account_password_set(:id::uuid, :hash, :keep::uuid, :actor, :now::timestamptz) as answer
