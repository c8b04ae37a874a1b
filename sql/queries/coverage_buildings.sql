-- Where the imported buildings stand: as two lists, since there are ten thousand. Called by server/city/coverage.ts.
select coalesce(array_agg(st_x(c)), '{}') as lon, coalesce(array_agg(st_y(c)), '{}') as lat from (select st_centroid(geom) as c from building) b
