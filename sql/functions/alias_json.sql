-- A name that was proposed or accepted for a place, as on the wire (geo/wire/aliases.ts). In the log only once it is accepted.
create or replace function alias_json(a alias) returns jsonb language sql stable as $$
  select jsonb_build_object('id', a.id, 'alias', a.alias,
    'target', jsonb_build_object('type', a.target_type, 'name', a.target_name, 'kelurahan_code', a.target_kelurahan_code, 'location', st_asgeojson(a.location, 7)::jsonb),
    'status', a.status, 'times', a.times, 'proposed_at', a.proposed_at, 'last_at', a.last_at, 'decided_at', a.decided_at, 'decided_by', a.decided_by)
$$;
