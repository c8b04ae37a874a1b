-- Who could be sent: every unit of queries/units.sql with what a recommendation weighs and no more, as one text with a list for each
-- field: a thousand units are read while somebody waits, and a row of JSON for each takes the database ten times as long. `assignment`
-- is the job of a busy one. Called by server/verbs/candidates.ts.
with candidate as (
  select u.id, u.callsign, g.kind, u.capabilities, u.crew, u.duty, u.turnout_seconds, u.active, a.incident_id, q.incident_id as queued_incident_id,
    case when a.id is not null then json_build_object('number', i.number, 'queued_number', qi.number, 'incident_type', i.incident_type,
      'location', json_build_array(round(st_x(i.location)::numeric, 7), round(st_y(i.location)::numeric, 7)), 'status', a.status,
      'notified_at', a.notified_at, 'en_route_at', a.en_route_at, 'on_scene_at', a.on_scene_at, 'eta_seconds', a.eta_seconds, 'turnout_seconds', a.turnout_seconds) end as assignment,
    st_x(p.location) as lon, st_y(p.location) as lat, extract(epoch from p.fix_at)::float8 as fix_at, st_x(s.location) as station_lon, st_y(s.location) as station_lat
  from unit u
  join agency g on g.id = u.agency_id
  left join station s on s.id = u.station_id
  left join assignment a on a.unit_id = u.id and a.active and a.queued_behind is null and a.simulated = :simulated::boolean
  left join incident i on i.id = a.incident_id
  left join assignment q on q.unit_id = u.id and q.active and q.queued_behind is not null and q.simulated = :simulated::boolean
  left join incident qi on qi.id = q.incident_id
  left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean
  where u.active or a.id is not null order by u.callsign
)
select json_build_object(
  'unit_id', json_agg(id), 'callsign', json_agg(callsign), 'agency_kind', json_agg(kind), 'capabilities', json_agg(capabilities), 'crew', json_agg(crew),
  'duty', json_agg(duty), 'turnout_seconds', json_agg(turnout_seconds), 'active', json_agg(active), 'busy_incident_id', json_agg(incident_id),
  'queued_incident_id', json_agg(queued_incident_id), 'assignment', json_agg(assignment),
  'lon', json_agg(lon), 'lat', json_agg(lat), 'fix_at', json_agg(fix_at), 'station_lon', json_agg(station_lon), 'station_lat', json_agg(station_lat)
)::text as candidates
from candidate
