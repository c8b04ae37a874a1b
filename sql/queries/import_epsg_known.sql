-- Whether PostGIS knows an EPSG code. Called by server/import/geometry.ts.
select exists (select 1 from spatial_ref_sys where srid = :epsg::integer and auth_name = 'EPSG') as known
