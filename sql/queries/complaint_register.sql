-- Verb: see sql/functions/complaint_register.sql.
select complaint_register(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
