-- Where one staged kelurahan lies over others, m2 of each pair above :tolerance_m2. Called by server/import/check_kelurahan.ts, once per kelurahan.
select a.name as name, b.name as other, st_area(st_intersection(a.geom, b.geom)::geography) as m2
from layer_kelurahan a
join layer_kelurahan b on b.version_id = a.version_id and b.code > a.code and st_intersects(a.geom, b.geom) and not st_touches(a.geom, b.geom)
where a.version_id = :version_id::bigint and a.code = :code::text
  and st_area(st_intersection(a.geom, b.geom)::geography) > :tolerance_m2::double precision
