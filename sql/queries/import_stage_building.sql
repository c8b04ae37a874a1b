-- A batch of rows of layer building into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_building (version_id, id, geom)
select :version_id::bigint, r.id, r.geom::geometry
from jsonb_to_recordset(:rows::jsonb) as r (id integer, geom text)
