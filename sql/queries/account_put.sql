-- Verb: see sql/functions/account_put.sql.
select account_put(:id::uuid, :input::jsonb, :actor, :now::timestamptz) as answer
