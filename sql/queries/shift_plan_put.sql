-- Verb: see sql/functions/shift_plan_put.sql.
select shift_plan_put(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
