-- The live version of each layer. Called by server/import and server/map.
select id, layer, built_in, source, attribution, row_count, content_hash from layer_version where status = 'live' order by layer
