-- The incidents of [:from, :to) as points that are still to be moved off their place (geo/privacy/scatter.ts): `draw` is 16 hex digits that
-- nobody can work out without the installation's secret. Called by server/stats/hotspot_points.ts.
select s.incident_type, st_x(s.location) as lon, st_y(s.location) as lat, date_part('epoch', s.received_at) * 1000 as at, i.accuracy_m,
  left(encode(sha256(convert_to((k.value #>> '{}') || s.id::text, 'UTF8')), 'hex'), 16) as draw
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
join incident i on i.id = s.id and i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz
cross join setting k
where k.key = 'number_key' and (:incident_type::text is null or s.incident_type = :incident_type::text)
-- By the draw: an order by time would tell which is which.
order by draw
