-- Verb: see sql/functions/agency_report_put.sql.
select agency_report_put(:id::uuid, :agency_id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
