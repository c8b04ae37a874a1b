-- Verb: see sql/functions/coverage_scenario_put.sql.
select coverage_scenario_put(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as scenario
