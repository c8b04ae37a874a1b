-- A batch of rows of layer kelurahan into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_kelurahan (version_id, code, name, kecamatan_code, kecamatan, population, population_year, postcode, geom)
select :version_id::bigint, r.code, r.name, r.kecamatan_code, r.kecamatan, r.population, r.population_year, r.postcode, st_multi(r.geom::geometry)
from jsonb_to_recordset(:rows::jsonb) as r (code text, name text, kecamatan_code text, kecamatan text, population integer, population_year integer, postcode text, geom text)
