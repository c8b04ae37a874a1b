-- What the demo wrote with a passed clock, by that clock: lines of cases after (:from, :after) up to :to. Called by server/replay/passage.ts.
select seq, kind, actor, incident_id, occurred_at::text, recorded_at::text, simulated, line::jsonb -> 'body' as body
from event
where recorded_at >= :from::timestamptz and recorded_at <= :to::timestamptz and (recorded_at, seq) > (:from::timestamptz, :after::bigint)
  and actor in ('demo:history', 'demo:opening') and simulated = :simulated::boolean and split_part(kind, '.', 1) in ('incident', 'assignment')
order by recorded_at, seq limit :limit::integer
