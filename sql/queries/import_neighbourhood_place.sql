-- In which kelurahan each of a batch of neighbourhoods lies, and how far it is from the one that its row names. Called by
-- server/import/neighbourhoods.ts. :rows [{i, geom, code}], code null where none is named; :kelurahan [{code, geom}], or null for the
-- live ones. `at` is the kelurahan around a spot on it, else the nearest within 50 m (boundaries of two surveys differ), else null.
with k as (
  select r.code, r.geom::geometry as geom from jsonb_to_recordset(:kelurahan::jsonb) as r (code text, geom text)
  union all select code, geom from kelurahan where :kelurahan::jsonb is null
)
select p.i, near.code as at, st_distance(own.geom::geography, p.geom::geometry::geography) as away_m
from jsonb_to_recordset(:rows::jsonb) as p (i integer, geom text, code text)
left join lateral (
  select k.code from k
  where st_dwithin(k.geom, st_pointonsurface(p.geom::geometry), 0.001)
    and st_distance(k.geom::geography, st_pointonsurface(p.geom::geometry)::geography) <= 50
  order by k.geom <-> st_pointonsurface(p.geom::geometry), k.code limit 1
) near on true
left join k own on own.code = p.code
order by p.i
