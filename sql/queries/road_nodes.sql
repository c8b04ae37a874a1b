-- Nodes of the live road graph (geo/roads/types.ts).
select id, level_crossing, st_x(geom) as lon, st_y(geom) as lat from road_node order by id
