-- The shape of each kelurahan as GeoJSON. Called by server/ogc/districts.ts.
select code, kecamatan, st_asgeojson(geom, 6)::json as geometry from kelurahan order by code
