-- Whether this database has a schema of ours at all. Called by server/backup/restore.ts.
select to_regclass('log_head') is not null and to_regclass('incident') is not null as present
