-- A batch of a file's geometries made fit for a layer (functions/import_geometry.sql). Called by server/import/geometry.ts.
-- :rows [{i, geometry}], geometry a GeoJSON object or a WKT text; geom comes back as hex EWKB in WGS84, lines as coordinates too.
select p.i, g.geom::text as geom, g.repaired, g.refused, g.lon, g.lat,
  case when :kind::text = 'line' then st_asgeojson(st_multi(g.geom), 9)::jsonb -> 'coordinates' end as lines
from jsonb_to_recordset(:rows::jsonb) as p (i integer, geometry text)
cross join lateral import_geometry(p.geometry, :epsg::integer, :kind::text) g
order by p.i
