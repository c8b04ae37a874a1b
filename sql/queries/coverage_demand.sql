-- Where incidents of some types were reported in [:from, :to), in the city, cancelled and duplicate ones left out: what demand is expected from.
-- Called by server/city/past_demand.ts.
select s.incident_type, date_part('hour', s.received_at at time zone 'Asia/Jakarta')::integer as hour, st_x(s.location) as lon, st_y(s.location) as lat
from stats_incident(:from::timestamptz, :to::timestamptz, :to::timestamptz, :simulated::boolean) s
where s.kelurahan_code is not null and s.incident_type = any (:types::text[])
