-- A batch of rows of layer water into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_water (version_id, id, name, class, geom)
select :version_id::bigint, r.id, r.name, r.class, r.geom::geometry
from jsonb_to_recordset(:rows::jsonb) as r (id integer, name text, class text, geom text)
