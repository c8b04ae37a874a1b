-- Why shapes cannot close anything here, and whether they are areas, in the order of a batch. Called by server/import/closures.ts.
-- :rows [{i, geom}]; :anywhere leaves the city out of it, when it is being imported too.
select case when :anywhere::boolean then null else closure_shape_fault(st_setsrid(r.geom::geometry, 4326)) end as fault,
  st_dimension(r.geom::geometry) = 2 as area
from jsonb_to_recordset(:rows::jsonb) as r (i integer, geom text) order by r.i
