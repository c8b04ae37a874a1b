-- Verb: see sql/functions/staff_put.sql.
select staff_put(:code, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
