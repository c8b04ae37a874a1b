-- Every active unit with its last position.
select unit_json(u) || jsonb_build_object('position', position_json(p) - 'unit_id') as unit
from unit u left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean where u.active order by u.callsign
