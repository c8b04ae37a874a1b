-- How many operators are at work (functions/working.sql), for the alarms per operator on the wall: a count, no names. Called by server/live/hub.ts.
select count(distinct actor)::integer as operators from working(:now::timestamptz) where role = 'operator'
