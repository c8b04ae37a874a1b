-- The fix each unit was last seen at by :at: of all that had come in the latest, as the live picture keeps it. One is taken 60 s ahead at most, so what
-- came in more than that before the last one's own time cannot be later. Called by server/replay/past.ts.
select position_json(row(p.unit_id, p.fix_at, p.received_at, p.location, p.speed_kmh, p.heading, p.accuracy_m, p.source, p.simulated, null)::unit_position) as position
from unit u
cross join lateral (
  select * from (
    (select h.fix_at from position h where h.unit_id = u.id and h.simulated = :simulated::boolean
       and h.received_at <= :at::timestamptz and h.received_at > :at::timestamptz - interval '1 day' order by h.received_at desc limit 1)
    union all
    (select h.fix_at from position h where h.unit_id = u.id and h.simulated = :simulated::boolean
       and h.received_at <= :at::timestamptz - interval '1 day' order by h.received_at desc limit 1)) either limit 1
) heard
cross join lateral (
  select * from position l where l.unit_id = u.id and l.simulated = :simulated::boolean
    and l.received_at <= :at::timestamptz and l.received_at >= heard.fix_at - interval '60 seconds'
  order by l.fix_at desc, l.received_at limit 1
) p
