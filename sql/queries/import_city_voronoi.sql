-- The built-in kelurahan areas. Called by server/import/built_in.ts. :points [{code, lon, lat}], :land a GeoJSON polygon.
select v.code, v.geom::text as geom from city_voronoi(:points::jsonb, st_makevalid(st_setsrid(st_geomfromgeojson(:land::text), 4326))) v
