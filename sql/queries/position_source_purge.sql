-- Forgets devices that sent nothing of a unit since :before. Called by server/jobs/housekeeping.ts.
delete from position_source where heard_at < :before::timestamptz
