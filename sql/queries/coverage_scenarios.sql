-- Scenarios kept, the last changed first. Called by server/routes/coverage.ts.
select coverage_scenario_json(s) as scenario from coverage_scenario s where s.simulated = :simulated::boolean order by s.updated_at desc, s.id
