-- Verb: see sql/functions/final_report_put.sql.
select final_report_put(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
