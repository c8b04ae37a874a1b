-- Verb: see sql/functions/incident_create.sql.
select incident_create(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
