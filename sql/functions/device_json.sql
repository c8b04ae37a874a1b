-- A paired phone as on the wire (geo/wire/field.ts).
create or replace function device_json(c credential) returns jsonb language sql stable as $$
  select jsonb_build_object('id', c.id, 'unit_id', c.unit_id, 'app', c.app, 'label', c.label, 'created_at', c.created_at,
    'created_by', c.created_by, 'last_seen_at', c.last_seen_at)
$$;
