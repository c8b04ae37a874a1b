-- When cases passed a limit of the service standard from :from to :to, by what is known now. Called by server/replay/marks.ts.
select due.at::text as at, due.stage, i.number, i.id as incident_id, i.incident_type
from incident i
cross join lateral (values
  ('agent', i.received_at + make_interval(secs => stats_limit_seconds('agent')), i.dispatched_at),
  ('opd', i.dispatched_at + make_interval(secs => stats_limit_seconds('opd')), i.resolved_at)) due (stage, at, done_at)
where i.simulated = :simulated::boolean and not i.late_entry
  and tstzrange(least(i.created_at, coalesce(i.closed_at, i.ended_at)), coalesce(i.closed_at, i.ended_at), '[]') && tstzrange(:from::timestamptz, :to::timestamptz, '[]')
  and due.at between :from::timestamptz and :to::timestamptz
  and (due.done_at is null or due.done_at > due.at) and (coalesce(i.closed_at, i.ended_at) is null or coalesce(i.closed_at, i.ended_at) > due.at)
order by due.at limit :limit::integer
