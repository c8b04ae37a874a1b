-- Forgets where phones were whose call never came. Called by server/jobs/housekeeping.ts.
delete from device_location where call_id is null and received_at < :before::timestamptz
