-- A batch of rows of layer turn into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_turn (version_id, id, seconds, only_turn, geom)
select :version_id::bigint, r.id, r.seconds, r.only_turn, st_geometryn(r.geom::geometry, 1)
from jsonb_to_recordset(:rows::jsonb) as r (id integer, seconds real, only_turn boolean, geom text)
