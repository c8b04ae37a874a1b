-- A batch of layer road as GeoJSON features, in order, of one version. Called by server/map/features.ts. :after null: from the first.
-- What a screen needs to follow a unit along it stands beside the name (client/map/roads/): absent is both ways, speed by class, no wait;
-- `waits` 1, 2 or 3: a level crossing at its beginning, its end, or both.
select id as key, json_build_object('type', 'Feature', 'id', id, 'properties', json_strip_nulls(json_build_object('name', name, 'class', class,
  'oneway', nullif(oneway, 0), 'speed_kmh', speed_kmh, 'waits', nullif(
    (select sum(case n.id when from_node then 1 else 2 end) from layer_road_node n
     where n.version_id = :version_id::bigint and n.id in (from_node, to_node) and n.level_crossing), 0))),
  'geometry', st_asgeojson(geom, 6)::json)::text as feature
from layer_road_edge where version_id = :version_id::bigint and (:after::integer is null or id > :after::integer) order by id limit :limit::integer
