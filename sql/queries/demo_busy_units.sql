-- Units that stand in an open case now. Called by server/demo/write.ts, which leaves them there.
select coalesce(jsonb_agg(unit_id), '[]') as unit_ids from assignment where active and unit_id is not null
