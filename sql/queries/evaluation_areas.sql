-- The kelurahan as areas, for GeoJSON. Called by server/stats/evaluation_geojson.ts.
select code, name, kecamatan, population, population_year, st_asgeojson(geom, 6)::json as geometry from kelurahan order by code
