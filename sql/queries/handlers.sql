-- Who answers for each open case. Called by server/routes/supervision.ts.
select i.id as incident_id, coalesce(i.handler, i.created_by) as handler, coalesce(i.handler_since, i.created_at) as since
from incident i where i.open and i.simulated = :simulated::boolean and (:id::uuid is null or i.id = :id::uuid) order by i.received_at
