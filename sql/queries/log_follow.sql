-- See sql/functions/log_follow.sql. Called by server/live/hub.ts and server/db/connect.ts.
select log_follow(:now::timestamptz) as log_id
