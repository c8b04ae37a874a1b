-- Verb: see sql/functions/handover_put.sql.
select handover_put(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
