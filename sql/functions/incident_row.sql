-- The one place that says what an incident looks like on the wire and in the log (geo/wire/incident.ts): whole, without personal
-- data. Written to be inlined: incident_json gathers the rest for one incident, queries/incident_list.sql for a page in sets.
create or replace function incident_row(i incident, p_kelurahan text, p_kecamatan text, p_call_count bigint, p_assignments jsonb)
returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', i.id, 'number', i.number, 'incident_type', i.incident_type, 'priority', i.priority, 'status', i.status,
    'location', st_asgeojson(i.location, 7)::jsonb, 'accuracy_m', i.accuracy_m,
    'kelurahan_code', i.kelurahan_code, 'kelurahan', p_kelurahan, 'kecamatan', p_kecamatan,
    'inside_city', i.inside_city, 'place_label', i.place_label, 'number_hidden', i.number_hidden,
    'received_at', i.received_at, 'verified_at', i.verified_at, 'dispatched_at', i.dispatched_at, 'handling_at', i.handling_at,
    'on_scene_at', i.on_scene_at, 'resolved_at', i.resolved_at, 'closed_at', i.closed_at, 'ended_at', i.ended_at,
    'handed_over_to', i.handed_over_to, 'late_entry', i.late_entry, 'offline_entry', i.offline_entry, 'duplicate_of', i.duplicate_of,
    'call_count', coalesce(p_call_count, 0), 'simulated', i.simulated, 'assignments', coalesce(p_assignments, '[]'))
$$;
