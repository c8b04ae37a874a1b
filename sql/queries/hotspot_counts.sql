-- How many incidents of a type (null: of all) each of some months, side by side in :from and :to, had in each H3 8 cell; lon and lat are sums of degrees. Those
-- whose cell nobody has written down yet come one by one, with h3 null. Called by server/stats/hotspot_counts.ts.
select m.month::integer - 1 as month, to_hex(c.h3_8) as h3, c.n, c.lon, c.lat
from unnest(:from::timestamptz[], :to::timestamptz[]) with ordinality m (starts_at, ends_at, month)
cross join lateral (
  select s.h3_8, count(*)::integer as n, sum(s.lon) as lon, sum(s.lat) as lat
  from stats_figure(m.starts_at, m.ends_at, :now::timestamptz, :simulated::boolean) s
  where s.h3_8 is not null and (:incident_type::text is null or s.incident_type = :incident_type::text)
  group by s.h3_8
  union all
  select null, 1, s.lon, s.lat
  from stats_figure(m.starts_at, m.ends_at, :now::timestamptz, :simulated::boolean) s
  where s.h3_10 is null and (:incident_type::text is null or s.incident_type = :incident_type::text)
) c
