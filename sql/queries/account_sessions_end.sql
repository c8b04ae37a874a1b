-- Verb: see sql/functions/account_sessions_end.sql.
select account_sessions_end(:id::uuid, :actor, :now::timestamptz) as answer
