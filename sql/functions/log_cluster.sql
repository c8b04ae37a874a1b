-- Where this database lies: the cluster's identifier and PostgreSQL's timeline, which no administrator can forget to change. Null on a standby.
create or replace function log_cluster() returns text language sql stable as $$
  select case when not pg_is_in_recovery() then
    (select system_identifier::text from pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) end
$$;
