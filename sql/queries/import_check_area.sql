-- Size of a staged kelurahan layer, km2 on the spheroid. Called by server/import/check_kelurahan.ts.
select count(*)::integer as n, coalesce(sum(st_area(geom::geography)) / 1e6, 0) as km2 from layer_kelurahan where version_id = :version_id::bigint
