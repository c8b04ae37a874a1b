-- A batch of rows of layer road_edge into a version nobody sees yet. Called by server/import/stage.ts. Geometries as hex EWKB or GeoJSON, WGS84.
insert into layer_road_edge (version_id, id, from_node, to_node, name, class, oneway, speed_kmh, component, metres, geom)
select :version_id::bigint, r.id, r.from_node, r.to_node, r.name, r.class, r.oneway, r.speed_kmh, r.component, r.metres, st_setsrid(r.geom::geometry, 4326)
from jsonb_to_recordset(:rows::jsonb) as r (id integer, from_node integer, to_node integer, name text, class text, oneway smallint, speed_kmh real, component integer, metres double precision, geom text)
