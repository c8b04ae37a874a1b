-- See sql/functions/closure_shape_fault.sql.
select closure_shape_fault(st_setsrid(st_geomfromgeojson(:geometry::text), 4326)) as fault
