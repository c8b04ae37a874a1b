-- Turns of the live layer (geo/roads/turns.ts).
select id as source_row, seconds, only_turn as only, st_asgeojson(geom, 7)::jsonb -> 'coordinates' as coordinates from turn order by id
