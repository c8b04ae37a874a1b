-- Where the incidents of [:from, :to) were, of one type or (null) of all: what geo/stats/hotspots.ts counts by cell.
-- Called by server/routes/hotspots.ts.
select st_x(s.location) as lon, st_y(s.location) as lat
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
where :incident_type::text is null or s.incident_type = :incident_type::text
