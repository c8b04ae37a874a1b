-- Every account that looked in [:from, :to): how often, at how many cases, how many of these it had no part in, and the last time. Called by server/routes/privacy.ts.
select actor, count(*)::integer as looks, count(distinct incident_id)::integer as cases,
  (count(distinct incident_id) filter (where handled is false))::integer as unhandled, max(at) as last_at
from private_look(null, null, :from::timestamptz, :to::timestamptz, :limit::integer) group by actor order by unhandled desc, cases desc, actor
