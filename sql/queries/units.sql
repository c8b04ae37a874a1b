-- Every active unit with its last position, in one set (the row must stay what unit_json makes, with `position` beside it).
select jsonb_build_object(
    'id', u.id, 'callsign', u.callsign, 'agency_id', u.agency_id, 'agency_code', g.code, 'agency_kind', g.kind,
    'station_id', u.station_id, 'station_location', st_asgeojson(s.location, 7)::jsonb, 'kind', u.kind, 'capabilities', to_jsonb(u.capabilities),
    'crew', u.crew, 'turnout_seconds', u.turnout_seconds, 'duty', u.duty,
    'incident_id', a.incident_id, 'assignment_id', a.id, 'assignment_status', a.status,
    'position', position_json(p) - 'unit_id') as unit
from unit u
join agency g on g.id = u.agency_id
left join station s on s.id = u.station_id
left join assignment a on a.unit_id = u.id and a.active
left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean
where u.active order by u.callsign
