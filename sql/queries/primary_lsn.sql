-- How far the primary's log of writes is on its disk, and which history it is; `lsn` is null on a standby. Called by server/db/standby.ts.
select case when not pg_is_in_recovery() then pg_current_wal_flush_lsn()::text end as lsn, log_id from log_head where id = 1
