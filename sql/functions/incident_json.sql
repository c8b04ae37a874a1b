-- An incident as on the wire and in the log (geo/wire/incident.ts): whole, without personal data.
create or replace function incident_json(i incident) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', i.id, 'number', i.number, 'incident_type', i.incident_type, 'priority', i.priority, 'status', i.status,
    'location', st_asgeojson(i.location, 7)::jsonb, 'accuracy_m', i.accuracy_m,
    'kelurahan_code', i.kelurahan_code, 'kelurahan', k.name, 'kecamatan', k.kecamatan,
    'inside_city', i.inside_city, 'place_label', i.place_label, 'number_hidden', i.number_hidden,
    'received_at', i.received_at, 'verified_at', i.verified_at, 'dispatched_at', i.dispatched_at, 'handling_at', i.handling_at,
    'on_scene_at', i.on_scene_at, 'resolved_at', i.resolved_at, 'closed_at', i.closed_at, 'ended_at', i.ended_at,
    'handed_over_to', i.handed_over_to, 'late_entry', i.late_entry, 'offline_entry', i.offline_entry, 'duplicate_of', i.duplicate_of,
    'call_count', (select count(*) from call c where c.incident_id = i.id), 'simulated', i.simulated,
    'assignments', coalesce((select jsonb_agg(assignment_json(a) order by a.notified_at, a.id) from assignment a where a.incident_id = i.id), '[]'))
  from (select 1) one left join kelurahan k on k.code = i.kelurahan_code
$$;
