-- Verb: see sql/functions/handler_set.sql.
select handler_set(:incident_id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
