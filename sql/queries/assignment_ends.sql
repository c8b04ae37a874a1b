-- Where an assignment's unit is (last fix, else its post) and where it goes. Called by server/verbs/find_way.ts.
select a.agency_id, a.unit_id, st_x(i.location) as to_lon, st_y(i.location) as to_lat,
  st_x(coalesce(p.location, s.location)) as from_lon, st_y(coalesce(p.location, s.location)) as from_lat
from assignment a join incident i on i.id = a.incident_id
left join unit u on u.id = a.unit_id
left join station s on s.id = u.station_id
left join unit_position p on p.unit_id = a.unit_id and p.simulated = a.simulated
where a.id = :id::uuid and a.simulated = :simulated::boolean
