-- A batch of rows of layer neighbour into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_neighbour (version_id, id, regency, name, geom)
select :version_id::bigint, r.id, r.regency, r.name, st_multi(r.geom::geometry)
from jsonb_to_recordset(:rows::jsonb) as r (id integer, regency text, name text, geom text)
