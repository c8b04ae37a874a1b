-- Lines after :since, oldest first, each with the hash of line :since: another one than was read is another log. Called by server/live/hub.ts on each nudge.
select seq, kind, actor, incident_id, occurred_at::text, recorded_at::text, simulated, line::jsonb -> 'body' as body, hash,
  (select hash from event where seq = :since) as since_hash
from event where seq > :since order by seq limit :limit
