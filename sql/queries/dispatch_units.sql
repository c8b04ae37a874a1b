-- Every active unit with its last position, as queries/units.sql, and beside it the job of the busy ones: what says when it becomes free, and where.
-- Called by server/verbs/recommend.ts.
select unit_row(u, g, s, a) || jsonb_build_object('position', position_json(p) - 'unit_id') as unit,
  case when a.id is not null then jsonb_build_object('number', i.number, 'incident_type', i.incident_type, 'location', st_asgeojson(i.location, 7)::jsonb,
    'status', a.status, 'notified_at', a.notified_at, 'en_route_at', a.en_route_at, 'on_scene_at', a.on_scene_at,
    'eta_seconds', a.eta_seconds, 'turnout_seconds', a.turnout_seconds) end as job
from unit u
join agency g on g.id = u.agency_id
left join station s on s.id = u.station_id
left join assignment a on a.unit_id = u.id and a.active and a.simulated = :simulated::boolean
left join incident i on i.id = a.incident_id
left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean
where u.active or a.id is not null order by u.callsign
