-- What happened to cases from :from to :to, as it was recorded: each change of state with the case it is of. Called by server/replay/marks.ts.
select e.recorded_at::text as at, e.line::jsonb #>> '{body,after,status}' as state, i.number, i.id as incident_id, i.incident_type
from event e join incident i on i.id = e.incident_id
where e.recorded_at >= :from::timestamptz and e.recorded_at <= :to::timestamptz and e.simulated = :simulated::boolean
  and split_part(e.kind, '.', 1) in ('incident', 'assignment')
  and (e.kind = 'incident.created' or e.line::jsonb #> '{body,before}' ? 'status')
order by e.recorded_at, e.seq limit :limit::integer
