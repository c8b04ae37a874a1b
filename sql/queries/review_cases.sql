-- The cases of a month under review, with the incident and the findings; nothing of callers. Called by server/stats/reviews.ts.
select jsonb_build_object('id', r.id, 'reasons', r.reasons, 'status', r.status, 'drawn_at', r.drawn_at, 'done_at', r.done_at, 'done_by', r.done_by,
  'incident', incident_json(i),
  'findings', coalesce((select jsonb_agg(review_finding_json(f) order by f.made_at, f.id) from review_finding f where f.review_id = r.id), '[]')) as review
from review_case r join incident i on i.id = r.incident_id where r.month = :month and r.simulated = :simulated::boolean
order by r.status desc, cardinality(r.reasons) desc, i.received_at
