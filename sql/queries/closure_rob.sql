-- Verb: see sql/functions/closure_rob.sql.
select closure_rob(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
