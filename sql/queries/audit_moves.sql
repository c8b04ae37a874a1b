-- Where the log went on in another cluster or on another timeline (functions/log_follow.sql), oldest first. Called by server/audit/anchors.ts.
select line::jsonb -> 'body' -> 'before' ->> 'log_id' as log_id, (line::jsonb -> 'body' -> 'before' ->> 'seq')::bigint as seq, recorded_at::text as at
from event where kind = 'log.moved' order by event.seq
