-- What the log holds of a kept scenario: no words of people, of its changes their kinds.
create or replace function coverage_scenario_told(s coverage_scenario) returns jsonb language sql stable as $$
  select coverage_scenario_json(s) - array['name', 'note', 'changes'] || jsonb_build_object('kinds', jsonb_path_query_array(s.changes, '$[*].kind'))
$$;
