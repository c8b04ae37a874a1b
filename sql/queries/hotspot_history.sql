-- The incidents of [:from, :to) as figures count them, a row a type, in no order (sorting a hundred thousand takes longer than all the rest):
-- `packed` has four big-endian int4 of each, longitude and latitude in 1e-7 degrees, seconds since :from, uncertainty in metres (rounded up), so
-- that a hundred thousand are one short answer. The bounds at the join keep it from reading the whole table. Called by server/stats/hotspot_history.ts.
select s.incident_type,
  string_agg(
    int4send(round(st_x(s.location) * 1e7)::integer) || int4send(round(st_y(s.location) * 1e7)::integer)
      || int4send(floor(date_part('epoch', s.received_at - :from::timestamptz))::integer) || int4send(least(ceil(i.accuracy_m), 1e9)::integer),
    ''::bytea
  ) as packed
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
join incident i on i.id = s.id and i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz
group by s.incident_type
order by s.incident_type
