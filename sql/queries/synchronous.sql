-- Whether each write is on a second machine's disk before it is answered: asked for by this session's settings, and a standby there that does it. Who may
-- not see it (pg_monitor) is told no. Called by server/db/copies.ts.
select current_setting('synchronous_commit') in ('on', 'remote_apply') and current_setting('synchronous_standby_names') <> ''
  and exists (select 1 from pg_stat_replication where sync_state in ('sync', 'quorum')) as synchronous
