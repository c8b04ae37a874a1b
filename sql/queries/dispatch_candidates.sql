-- Who could be sent: every unit of queries/units.sql with what a recommendation weighs and no more (geo/dispatch/types.ts
-- CandidateUnit, with fix_ms in place of the age, and beside it the assignment of a busy one), as one text: a thousand units are read while somebody waits. Points are rounded as on
-- the wire, so that whoever checks an ETA starts from the same place. Called by server/verbs/candidates.ts.
select coalesce(json_agg(json_build_object(
  'unit_id', u.id, 'callsign', u.callsign, 'agency_kind', g.kind, 'capabilities', u.capabilities, 'crew', u.crew, 'duty', u.duty,
  'busy_incident_id', a.incident_id,
  'position', case when p.unit_id is not null then json_build_array(round(st_x(p.location)::numeric, 6), round(st_y(p.location)::numeric, 6)) end,
  'fix_ms', round(extract(epoch from p.fix_at) * 1000), 'position_age_seconds', null,
  'station_position', case when s.id is not null then json_build_array(round(st_x(s.location)::numeric, 7), round(st_y(s.location)::numeric, 7)) end,
  'turnout_seconds', u.turnout_seconds, 'active', u.active,
  'assignment', case when a.id is not null then json_build_object('number', i.number, 'incident_type', i.incident_type,
    'location', json_build_array(round(st_x(i.location)::numeric, 7), round(st_y(i.location)::numeric, 7)), 'status', a.status,
    'notified_at', a.notified_at, 'en_route_at', a.en_route_at, 'on_scene_at', a.on_scene_at, 'eta_seconds', a.eta_seconds, 'turnout_seconds', a.turnout_seconds) end
) order by u.callsign)::text, '[]') as candidates
from unit u
join agency g on g.id = u.agency_id
left join station s on s.id = u.station_id
left join assignment a on a.unit_id = u.id and a.active and a.simulated = :simulated::boolean
left join incident i on i.id = a.incident_id
left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean
where u.active or a.id is not null
