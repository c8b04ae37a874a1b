-- The head of the log: what the live feed and the heartbeat go by. Called each second by server/live/hub.ts.
-- `standby`: this is a copy that is not promoted. `moved`: another cluster or timeline than the log's last (functions/log_follow.sql).
select seq, log_id, hash, pg_is_in_recovery() as standby, coalesce(cluster <> log_cluster(), false) as moved from log_head where id = 1
