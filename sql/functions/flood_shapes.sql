-- The flood layer as closures are made of it: one shape for each depth, corners within 2 m straightened. Where the layer knows no depth 30 cm are assumed,
-- and the words say so. Called by closure_rob and queries/coverage_flood.sql.
create or replace function flood_shapes() returns table (depth_cm integer, words text, geom geometry) language sql stable as $$
  select f.cm, case when bool_or(f.depth_cm is null) then 'kedalaman tak tercatat (dianggap 30 cm)' else coalesce(min(f.depth), f.cm || ' cm') end,
    st_multi(st_simplifypreservetopology(st_union(st_collectionextract(st_makevalid(f.geom), 3)), 0.00002))
  from (select geom, depth, flood.depth_cm, least(coalesce(flood.depth_cm, 30), 500) as cm from flood) f group by f.cm
$$;
