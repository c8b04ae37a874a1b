-- A batch of rows of layer rail into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_rail (version_id, id, class, geom)
select :version_id::bigint, r.id, r.class, st_multi(r.geom::geometry)
from jsonb_to_recordset(:rows::jsonb) as r (id integer, class text, geom text)
