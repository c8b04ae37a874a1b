-- The flood layer as the one press for a rob closes it. Called by server/stats/coverage_roads.ts.
select depth_cm, st_asgeojson(geom, 7)::jsonb as geometry from flood_shapes() order by depth_cm
