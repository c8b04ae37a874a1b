-- What this PostgreSQL server is: one that copies another, or the primary of a timeline; `timeline` is 0 on a standby. Called by server/db/hosts.ts.
select pg_is_in_recovery() as standby, (select system_identifier::text from pg_control_system()) as cluster,
  case when pg_is_in_recovery() then 0 else ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::integer end as timeline
