-- Ends an import that changed nothing, with its report; its staged versions become rubbish. Called by server/import/import_layers.ts.
with run as (update import_run set status = 'failed', finished_at = :now::timestamptz, report = :report::jsonb where id = :import_id::bigint returning id)
update layer_version set status = 'retired' where import_id in (select id from run) and status = 'staging'
