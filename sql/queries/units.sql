-- Every active unit with its last position, in one set.
select unit_row(u, g, s, a) || jsonb_build_object('position', position_json(p) - 'unit_id') as unit
from unit u
join agency g on g.id = u.agency_id
left join station s on s.id = u.station_id
left join assignment a on a.unit_id = u.id and a.active
left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean
where u.active order by u.callsign
