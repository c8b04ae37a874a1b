-- A batch of rows of layer place into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_place (version_id, id, name, kind, address, geom)
select :version_id::bigint, r.id, r.name, r.kind, r.address, r.geom::geometry
from jsonb_to_recordset(:rows::jsonb) as r (id integer, name text, kind text, address text, geom text)
