-- Verb: see sql/functions/cancellation_ask.sql.
select cancellation_ask(:incident_id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
