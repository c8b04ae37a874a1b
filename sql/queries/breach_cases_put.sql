-- Verb: see sql/functions/breach_cases_put.sql.
select breach_cases_put(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
