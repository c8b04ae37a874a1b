-- Until this transaction ends no partition of positions is made or dropped (functions/position_partitions.sql leaves it for later): whoever waited to drop one
-- would hold up every position behind it. Called by server/backup/text.ts.
select pg_advisory_xact_lock_shared(hashtext('position_partitions'))
