-- A batch of layer kelurahan as GeoJSON features, in order, of one version. Called by server/map/features.ts. :after null: from the first.
select code as key, json_build_object('type', 'Feature', 'id', code, 'properties', json_build_object('code', code, 'name', name, 'kecamatan_code', kecamatan_code, 'kecamatan', kecamatan, 'population', population, 'population_year', population_year), 'geometry', st_asgeojson(geom, 6)::json)::text as feature
from layer_kelurahan where version_id = :version_id::bigint and (:after::text is null or code > :after::text) order by code limit :limit::integer
