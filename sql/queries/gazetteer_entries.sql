-- Everything that can be named in the city, for the geocoder (geo/address/types.ts). Kelurahan of points by PostGIS.
select 'kelurahan:' || k.code as id, 'kelurahan' as type, k.name, null as category, null as address, k.code as kelurahan_code, k.name as kelurahan, k.kecamatan,
  st_asgeojson(k.geom, 6)::jsonb as geometry from kelurahan k
union all
select 'kecamatan:' || k.kecamatan_code, 'kecamatan', k.kecamatan, null, null, null, null, k.kecamatan, st_asgeojson(st_multi(st_union(k.geom)), 6)::jsonb
from kelurahan k group by k.kecamatan_code, k.kecamatan
union all
select 'street:' || s.id, 'street', s.name, s.class, null, null, null, null, st_asgeojson(s.geom, 6)::jsonb from street s where s.name <> ''
union all
select 'place:' || p.id, 'place', p.name, p.kind, p.address, k.code, k.name, k.kecamatan, st_asgeojson(p.geom, 6)::jsonb
from place p left join kelurahan k on st_covers(k.geom, p.geom)
union all
select 'facility:' || f.id, 'facility', f.name, f.kind, f.address, k.code, k.name, k.kecamatan, st_asgeojson(f.geom, 6)::jsonb
from facility f left join kelurahan k on st_covers(k.geom, f.geom)
