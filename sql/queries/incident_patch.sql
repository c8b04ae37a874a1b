-- Verb: see sql/functions/incident_patch.sql.
select incident_patch(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
