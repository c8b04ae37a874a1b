-- Verb: see sql/functions/complaint_rules_put.sql.
select complaint_rules_put(:input::jsonb, :actor, :now::timestamptz) as answer
