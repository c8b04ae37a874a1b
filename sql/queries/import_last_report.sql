-- The newest import with its report. Called by tests/server/import and whoever shows what was imported.
select id, source, status, started_at, finished_at, report from import_run where report is not null order by id desc limit 1
