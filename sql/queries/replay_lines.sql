-- What the room was told after line :after up to :until, oldest first, in the form of live_events: only lines that may tell a picture something.
-- Called by server/replay/passage.ts.
select seq, kind, actor, incident_id, occurred_at::text, recorded_at::text, simulated, line::jsonb -> 'body' as body
from event
where seq > :after::bigint and seq <= :until::bigint and actor not in ('demo:history', 'demo:opening')
  and (split_part(kind, '.', 1) in ('city', 'masterdata') or (simulated = :simulated::boolean and split_part(kind, '.', 1) in ('incident', 'assignment', 'unit', 'closure')))
order by seq limit :limit::integer
