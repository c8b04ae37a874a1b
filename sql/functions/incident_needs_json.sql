-- What a type needs, in order, as on the wire and in the log.
create or replace function incident_needs_json(p_code text) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'agency_kind', n.agency_kind, 'capability', n.capability, 'quantity', n.quantity, 'min_crew', n.min_crew) order by n.ord), '[]')
  from incident_type_need n where n.incident_type = p_code
$$;
