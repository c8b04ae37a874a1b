-- A version to stage rows into. Called by server/import/stage.ts.
insert into layer_version (layer, built_in, source, attribution, row_count, content_hash, import_id)
values (:layer::text, :built_in::boolean, :source::text, :attribution::text, :row_count::integer, :content_hash::text, :import_id::bigint)
returning id
