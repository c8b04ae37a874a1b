-- A closure as on the wire.
create or replace function closure_json(c closure) returns jsonb language sql stable as $$
  select jsonb_build_object('id', c.id, 'kind', c.kind, 'reason', c.reason, 'geometry', st_asgeojson(c.geom, 6)::jsonb, 'depth_cm', c.depth_cm,
    'speed_factor', c.speed_factor, 'starts_at', c.starts_at, 'ends_at', c.ends_at, 'simulated', c.simulated, 'origin', c.origin, 'revision', c.revision)
$$;
