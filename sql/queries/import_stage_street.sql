-- A batch of rows of layer street into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_street (version_id, id, name, class, geom)
select :version_id::bigint, r.id, r.name, r.class, st_multi(r.geom::geometry)
from jsonb_to_recordset(:rows::jsonb) as r (id integer, name text, class text, geom text)
