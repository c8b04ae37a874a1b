-- Verb: see sql/functions/breach_put.sql.
select breach_put(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
