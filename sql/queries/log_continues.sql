-- Whether the log that is here now says that it continues the log :log_id, and has its line :seq, whose hash was :hash: nothing up to there is lost.
-- Called by server/live/hub.ts.
select exists (select 1 from event where kind = 'log.moved' and line::jsonb -> 'body' -> 'before' ->> 'log_id' = :log_id::text)
  and (:seq::bigint = 0 or exists (select 1 from event where seq = :seq and hash = :hash::text)) as continues
