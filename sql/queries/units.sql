-- Every active unit with its last position, in one set; one that master data dropped stays while it is on a case.
select unit_row(u, g, s, a, q) || jsonb_build_object('position', position_json(p) - 'unit_id') as unit
from unit u
join agency g on g.id = u.agency_id
left join station s on s.id = u.station_id
left join assignment a on a.unit_id = u.id and a.active and a.queued_behind is null and a.simulated = :simulated::boolean
left join assignment q on q.unit_id = u.id and q.active and q.queued_behind is not null and q.simulated = :simulated::boolean
left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean
where u.active or a.id is not null order by u.callsign
