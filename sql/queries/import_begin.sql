-- Opens an import. Called by server/import/import_layers.ts and built_in.ts and built_in.ts.
insert into import_run (source, started_at) values (:source::text, :now::timestamptz) returning id
