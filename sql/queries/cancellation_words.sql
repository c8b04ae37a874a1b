-- What was asked and answered, in words; only for those who handle the case (routes/supervision.ts records the look).
select n.cancellation_request_id as id, max(n.body) filter (where n.kind = 'cancellation_asked') as asked, max(n.body) filter (where n.kind <> 'cancellation_asked') as answered
from incident_note n where n.incident_id = :id::uuid and n.cancellation_request_id is not null group by 1
