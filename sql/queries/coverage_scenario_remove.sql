-- Verb: see sql/functions/coverage_scenario_remove.sql.
select coverage_scenario_remove(:id::uuid, :revision::integer, :actor, :now::timestamptz, :simulated::boolean) as scenario
