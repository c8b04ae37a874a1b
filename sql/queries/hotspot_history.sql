-- The incidents of [:from, :to) as figures count them, a row a type: `packed` has four whole numbers of each, with spaces between: longitude
-- and latitude in 1e-7 degrees, seconds since :from, uncertainty in metres (rounded up). `since`: epoch seconds of the oldest on record.
-- A hundred thousand are one short answer so, not as many rows; the bounds at the join keep it from reading the whole table. Called by server/stats/hotspot_history.ts.
select s.incident_type,
  string_agg(
    round(st_x(s.location) * 1e7)::bigint || ' ' || round(st_y(s.location) * 1e7)::bigint || ' '
      || floor(date_part('epoch', s.received_at - :from::timestamptz))::bigint || ' ' || ceil(i.accuracy_m)::bigint,
    ' ' order by s.received_at, s.id
  ) as packed
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
join incident i on i.id = s.id and i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz
group by s.incident_type
order by s.incident_type
