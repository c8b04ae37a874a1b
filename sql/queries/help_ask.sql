-- Verb: see sql/functions/help_ask.sql.
select help_ask(:id::uuid, :agency_id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
