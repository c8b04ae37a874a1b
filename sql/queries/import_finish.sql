-- Keeps the report of an import that is done (or found nothing new). Called by server/import/import_layers.ts.
update import_run set status = 'done', finished_at = coalesce(finished_at, :now::timestamptz), report = :report::jsonb where id = :import_id::bigint
