-- Incidents by month and H3 8 cell, of one type or (null) of all, as figures count them: `month` counts from 1 by :starts, the beginnings of the months;
-- `h3` in hex as its index is written. `lon` and `lat` are means. What the server has placed in no cell yet (h3 null) stands by its own position.
-- Called by server/stats/hotspot_history.ts.
select width_bucket(f.received_at, :starts::timestamptz[]) as month, to_hex(f.h3_8) as h3, count(*)::integer as n, avg(f.lon) as lon, avg(f.lat) as lat
from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) f
where :incident_type::text is null or f.incident_type = :incident_type::text
group by 1, f.h3_8, case when f.h3_8 is null then f.lon end, case when f.h3_8 is null then f.lat end
