-- Holes between staged kelurahan: m2 and a spot in each. Called by server/import/check_kelurahan.ts.
with city as (select (st_dump(st_union(geom))).geom as part from layer_kelurahan where version_id = :version_id::bigint),
hole as (select st_makepolygon(st_interiorringn(part, n)) as geom from city cross join lateral generate_series(1, st_numinteriorrings(part)) as n)
select st_area(geom::geography) as m2, st_x(st_pointonsurface(geom)) as lon, st_y(st_pointonsurface(geom)) as lat
from hole where st_area(geom::geography) > :tolerance_m2::double precision order by 1 desc
