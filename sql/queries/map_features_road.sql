-- A batch of layer road as GeoJSON features, in order, of one version. Called by server/map/features.ts. :after null: from the first.
select id as key, json_build_object('type', 'Feature', 'id', id, 'properties', json_build_object('name', name, 'class', class), 'geometry', st_asgeojson(geom, 6)::json)::text as feature
from layer_road_edge where version_id = :version_id::bigint and (:after::integer is null or id > :after::integer) order by id limit :limit::integer
