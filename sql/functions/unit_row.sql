-- The one place that says what a unit looks like on the wire (geo/wire/masterdata.ts), without its position: that changes by the
-- second and never enters the log. a: its job, q: what it stands in line for. Written to be inlined: unit_json gathers the rest for
-- one unit, queries/units.sql for all.
create or replace function unit_row(u unit, g agency, s station, a assignment, q assignment) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', u.id, 'callsign', u.callsign, 'agency_id', u.agency_id, 'agency_code', g.code, 'agency_kind', g.kind,
    'station_id', u.station_id, 'station_location', st_asgeojson(s.location, 7)::jsonb, 'kind', u.kind, 'capabilities', to_jsonb(u.capabilities),
    'active', u.active, 'crew', u.crew, 'turnout_seconds', u.turnout_seconds, 'duty', u.duty, 'duty_set_at', u.duty_set_at, 'duty_set_by', u.duty_set_by,
    'incident_id', a.incident_id, 'assignment_id', a.id, 'assignment_status', a.status, 'queued_incident_id', q.incident_id)
$$;
