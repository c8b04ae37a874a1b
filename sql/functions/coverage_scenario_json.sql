-- A kept scenario as on the wire (geo/wire/coverage_scenarios.ts).
create or replace function coverage_scenario_json(s coverage_scenario) returns jsonb language sql stable as $$
  select jsonb_build_object('id', s.id, 'name', s.name, 'note', s.note, 'agency_kind', s.agency_kind, 'minutes', s.minutes, 'from', s.from_where,
    'changes', s.changes, 'revision', s.revision, 'simulated', s.simulated, 'created_at', s.created_at, 'created_by', s.created_by,
    'updated_at', s.updated_at, 'updated_by', s.updated_by)
$$;
