-- Where incidents of some types were reported in [:from, :to), in the city, cancelled and duplicate ones left out: what demand is expected from.
-- Called by server/verbs/advise_move_up.ts.
select s.incident_type, st_x(s.location) as lon, st_y(s.location) as lat
from stats_incident(:from::timestamptz, :to::timestamptz, :to::timestamptz, :simulated::boolean) s
where s.kelurahan_code is not null and s.incident_type = any (:types::text[])
