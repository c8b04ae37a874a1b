-- When the log's first line was written, null while it is empty. Called by server/routes/supervision.ts.
select min(recorded_at) as began_at from event
