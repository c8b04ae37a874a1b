-- The kelurahan code of a point, null outside the city. A point in a sliver between two boundaries (20 m) counts to the nearer.
create or replace function locate_kelurahan(p_location geometry) returns text language sql stable as $$
  select code from kelurahan
  where st_dwithin(geom, p_location, 0.0002)
    and (st_covers(geom, p_location) or st_distance(geom::geography, p_location::geography) <= 20)
  order by geom <-> p_location, code limit 1
$$;
