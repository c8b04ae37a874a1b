-- Verb: see sql/functions/closure_rob_end.sql.
select closure_rob_end(:actor, :now::timestamptz, :simulated::boolean) as answer
