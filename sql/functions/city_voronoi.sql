-- Known points to areas: every spot of the outline belongs to the code whose known point is nearest.
-- Called by the seeding of the built-in city (and by tests/geo/city/agreement.test.ts).
-- points: jsonb array of {code, lon, lat} in degrees; outline: a valid polygon or multipolygon in SRID 4326.
-- Gives one row per code, a MultiPolygon clipped to the outline; a code all of whose area lies outside gives no row.
-- Nearness is measured with longitudes shortened by the cosine of the outline's middle latitude, as on the ground.
create or replace function city_voronoi(points jsonb, outline geometry)
returns table (code text, geom geometry(MultiPolygon, 4326))
language sql immutable as $$
  with frame as (
    select k, st_expand(st_scale(outline, k, 1), 0.1) as everywhere
      from cos(radians((st_ymin(outline) + st_ymax(outline)) / 2)) as k
  ),
  site as (
    -- the same place twice would leave a cell with two owners: the first code wins
    select distinct on (p.lon, p.lat)
           p.code, st_setsrid(st_makepoint(p.lon * frame.k, p.lat), 4326) as at
      from jsonb_to_recordset(points) as p (code text, lon double precision, lat double precision), frame
     order by p.lon, p.lat, p.code
  ),
  cell as (
    select (st_dump(st_voronoipolygons(sites.at, 0.0, frame.everywhere))).geom as area
      from (select st_collect(site.at) as at from site) as sites, frame
    union all
    -- a lone site has no neighbour to be divided from: PostGIS gives it no cell
    select frame.everywhere from frame where (select count(*) from site) = 1
  ),
  owned as (
    select site.code, st_scale(st_union(cell.area), 1 / frame.k, 1) as area
      from cell join site on st_intersects(cell.area, site.at), frame
     group by site.code, frame.k
  ),
  clipped as (
    select owned.code, st_collectionextract(st_intersection(owned.area, outline), 3) as area from owned
  )
  select clipped.code, st_multi(clipped.area)::geometry(MultiPolygon, 4326)
    from clipped
   where not st_isempty(clipped.area)
   order by clipped.code
$$;
