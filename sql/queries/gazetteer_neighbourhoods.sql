-- RT and RW of the city for the geocoder (geo/address/types.ts); none where no such layer was imported.
select kelurahan_code, rw, rt, st_asgeojson(geom, 6)::jsonb as geometry from neighbourhood order by kelurahan_code, rw, rt nulls first
