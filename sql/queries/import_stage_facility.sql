-- A batch of rows of layer facility into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_facility (version_id, id, name, kind, address, phone, geom)
select :version_id::bigint, r.id, r.name, r.kind, r.address, r.phone, r.geom::geometry
from jsonb_to_recordset(:rows::jsonb) as r (id integer, name text, kind text, address text, phone text, geom text)
