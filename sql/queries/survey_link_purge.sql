-- Forgets links that have run out. Called by server/jobs/housekeeping.ts.
delete from survey_link where expires_at <= :now::timestamptz
