-- Imported lines that new roads are to be named from or crossed by (:layer street or rail; built-in ones are too coarse). Called by server/import/import_layers.ts.
select s.name, st_asgeojson(s.geom, 9)::jsonb -> 'coordinates' as lines
from layer_street s join layer_version v on v.id = s.version_id and v.status = 'live' and not v.built_in where :layer::text = 'street'
union all
select null, st_asgeojson(r.geom, 9)::jsonb -> 'coordinates'
from layer_rail r join layer_version v on v.id = r.version_id and v.status = 'live' and not v.built_in where :layer::text = 'rail'
