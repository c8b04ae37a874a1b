-- When a case was recorded and when it was over, by its number or the end of it. Called by server/routes/replay.ts.
select id as incident_id, number, created_at::text as from, coalesce(closed_at, ended_at)::text as to
from incident where simulated = :simulated::boolean and (number = :number or number like '%' || :number) order by created_at desc limit 1
