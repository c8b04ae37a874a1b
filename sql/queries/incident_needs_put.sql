-- Verb: see sql/functions/incident_needs_put.sql.
select incident_needs_put(:code, :needs::jsonb, :built_in::boolean, :capabilities::text[], :actor, :now::timestamptz) as answer
