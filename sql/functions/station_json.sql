-- A post as on the wire.
create or replace function station_json(s station) returns jsonb language sql stable as $$
  select jsonb_build_object('id', s.id, 'code', s.code, 'agency_id', s.agency_id, 'agency_kind', g.kind, 'name', s.name, 'address', s.address,
    'location', st_asgeojson(s.location, 6)::jsonb) from agency g where g.id = s.agency_id
$$;
