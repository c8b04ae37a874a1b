-- An assignment as on the wire (geo/wire/incident.ts). Written to be inlined: pages hold a thousand of them.
create or replace function assignment_json(a assignment) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', a.id, 'incident_id', a.incident_id, 'agency_id', a.agency_id, 'unit_id', a.unit_id, 'status', a.status,
    'notified_at', a.notified_at, 'acknowledged_at', a.acknowledged_at, 'en_route_at', a.en_route_at, 'on_scene_at', a.on_scene_at,
    'done_at', a.done_at, 'declined_at', a.declined_at, 'cancelled_at', a.cancelled_at,
    'queued_behind', case when a.queued_behind is not null then incident_reference(a.queued_behind) end,
    'promoted_at', a.promoted_at,
    'eta_seconds', a.eta_seconds, 'turnout_seconds', a.turnout_seconds, 'distance_m', a.distance_m, 'simulated', a.simulated)
$$;
