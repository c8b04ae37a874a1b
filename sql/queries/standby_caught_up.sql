-- Whether this standby holds all that the primary had at :lsn of the history :log_id, and the seconds since its last replayed commit. Called by server/db/standby.ts.
select pg_is_in_recovery() as standby, log_id = :log_id::uuid and coalesce(pg_last_wal_replay_lsn() >= :lsn::pg_lsn, false) as caught_up,
  extract(epoch from now() - pg_last_xact_replay_timestamp())::double precision as age_seconds
from log_head where id = 1
