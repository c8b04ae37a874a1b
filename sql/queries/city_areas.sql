-- The areas that tell inside from outside (geo/address/types.ts): kelurahan, then neighbours.
select 'kelurahan' as layer, code, name, kecamatan, null as regency, st_asgeojson(geom, 6)::jsonb as geometry from kelurahan
union all select 'neighbour', null, name, null, regency, st_asgeojson(geom, 6)::jsonb from neighbour
