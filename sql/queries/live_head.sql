-- The head of the log: what the live feed and the heartbeat go by. Called each second by server/live/hub.ts.
select seq, log_id from log_head where id = 1
