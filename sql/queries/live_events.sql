-- Lines after :since, oldest first. Called by server/live/hub.ts on each nudge.
select seq, kind, actor, incident_id, occurred_at::text, recorded_at::text, simulated, line::jsonb -> 'body' as body
from event where seq > :since order by seq limit :limit
