-- Fixes that came in after :from up to :to, as they came. Called by server/replay/passage.ts.
select p.received_at::text,
  position_json(row(p.unit_id, p.fix_at, p.received_at, p.location, p.speed_kmh, p.heading, p.accuracy_m, p.source, p.simulated, null)::unit_position) as position
from unit u
join position p on p.unit_id = u.id and p.received_at > :from::timestamptz and p.received_at <= :to::timestamptz and p.simulated = :simulated::boolean
order by p.received_at, p.fix_at
