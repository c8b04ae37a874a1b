-- How many incidents of [:from, :to) were received in each hour of each WIB day, those without one left out. Called by server/stats/evaluation.ts.
select to_char(s.received_at at time zone 'Asia/Jakarta', 'YYYY-MM-DD') as day,
  date_part('hour', s.received_at at time zone 'Asia/Jakarta')::integer as hour, count(*)::integer as n
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
group by 1, 2 order by 1, 2
