-- A batch of rows of layer road_node into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_road_node (version_id, id, level_crossing, geom)
select :version_id::bigint, r.id, r.level_crossing, st_setsrid(r.geom::geometry, 4326)
from jsonb_to_recordset(:rows::jsonb) as r (id integer, level_crossing boolean, geom text)
