-- The kelurahan code of a point, null outside the city. What lies in none counts to the nearest: within 20 m (a sliver between two boundaries), and
-- within 100 m where the map has neighbours and none of them holds it (a beach, a pier). geo/address/areas.ts says the same.
create or replace function locate_kelurahan(p_location geometry) returns text language sql stable as $$
  select code from kelurahan
  where st_dwithin(geom, p_location, 0.001)
    and (st_covers(geom, p_location)
      or st_distance(geom::geography, p_location::geography) <= case
        when exists (select 1 from neighbour) and not exists (select 1 from neighbour n where st_covers(n.geom, p_location)) then 100 else 20 end)
  order by geom <-> p_location, code limit 1
$$;
