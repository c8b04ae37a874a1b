-- A batch of rows of layer flood into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_flood (version_id, id, event, depth, depth_cm, permanent, geom)
select :version_id::bigint, r.id, r.event, r.depth, r.depth_cm, coalesce(r.permanent, false), st_multi(r.geom::geometry)
from jsonb_to_recordset(:rows::jsonb) as r (id integer, event text, depth text, depth_cm integer, permanent boolean, geom text)
