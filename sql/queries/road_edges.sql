-- Edges of the live road graph (geo/roads/types.ts).
select id, from_node, to_node, name, class, oneway, speed_kmh, component, metres, st_asgeojson(geom, 7)::jsonb -> 'coordinates' as coordinates from road_edge order by id
