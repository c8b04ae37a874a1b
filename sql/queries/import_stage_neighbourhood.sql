-- A batch of rows of layer neighbourhood into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_neighbourhood (version_id, id, kelurahan_code, rw, rt, geom)
select :version_id::bigint, r.id, r.kelurahan_code, r.rw, r.rt,
  case st_dimension(r.geom::geometry) when 2 then st_multi(r.geom::geometry) else r.geom::geometry end
from jsonb_to_recordset(:rows::jsonb) as r (id integer, kelurahan_code text, rw integer, rt integer, geom text)
