-- The incidents of [:from, :to) as figures count them, a row a type, in no order (sorting a hundred thousand takes longer than all the rest):
-- `packed` has 24 bytes of each, big-endian, so that a hundred thousand are one short answer: int4 longitude and latitude in 1e-7 degrees, int4 seconds
-- since :from, int4 uncertainty in metres (rounded up), int8 H3 8 cell (0 until the server has filled it in). The bounds at the join keep it from reading the
-- whole table. Called by server/stats/hotspot_history.ts.
select f.incident_type,
  string_agg(
    int4send(round(f.lon * 1e7)::integer) || int4send(round(f.lat * 1e7)::integer)
      || int4send(floor(date_part('epoch', f.received_at - :from::timestamptz))::integer) || int4send(least(ceil(i.accuracy_m), 1e9)::integer)
      || int8send(coalesce(f.h3_8, 0)),
    ''::bytea
  ) as packed
from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) f
join incident i on i.id = f.id and i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz
group by f.incident_type
order by f.incident_type
