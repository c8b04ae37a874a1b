-- Which version of each layer is live: a change means that graph, gazetteer and map are to be read again.
select coalesce(jsonb_object_agg(layer, id), '{}') as versions, bool_or(built_in) filter (where layer in ('kelurahan', 'road')) as schematic from layer_version where status = 'live'
