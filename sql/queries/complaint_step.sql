-- Verb: see sql/functions/complaint_step.sql.
select complaint_step(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
