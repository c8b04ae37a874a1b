-- A unit's last fix as on the wire; null when there is none.
create or replace function position_json(p unit_position) returns jsonb language sql stable as $$
  select case when p.unit_id is null then null else jsonb_build_object('unit_id', p.unit_id, 'location', st_asgeojson(p.location, 6)::jsonb,
    'fix_at', p.fix_at, 'speed_kmh', p.speed_kmh, 'heading', p.heading, 'accuracy_m', p.accuracy_m, 'simulated', p.simulated) end
$$;
