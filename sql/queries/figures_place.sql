-- Writes H3 cells down, unless the place has changed since it was read: the columns stand side by side. Called by server/jobs/figure_cells.ts.
update incident_figure f set h3_7 = c.h3_7, h3_8 = c.h3_8, h3_9 = c.h3_9, h3_10 = c.h3_10
from unnest(:ids::uuid[], :lon::double precision[], :lat::double precision[], :h3_7::bigint[], :h3_8::bigint[], :h3_9::bigint[], :h3_10::bigint[])
  as c (id, lon, lat, h3_7, h3_8, h3_9, h3_10)
where f.incident_id = c.id and f.lon = c.lon and f.lat = c.lat
