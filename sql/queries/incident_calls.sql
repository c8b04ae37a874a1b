-- The calls of one incident as its handlers see them, newest last, and the incidents merged into it, oldest first. Called by routes/incidents.ts.
select coalesce((select jsonb_agg(call_private_json(c) - array['answered_at', 'ended_at', 'line', 'kind', 'incident_id', 'simulated'] order by c.rang_at, c.id) from call c where c.incident_id = i.id), '[]') as calls,
  coalesce((select jsonb_agg(jsonb_build_object('incident_id', m.id, 'number', m.number) order by m.received_at, m.id) from incident m where m.duplicate_of = i.id), '[]') as merged
from incident i where i.id = :id::uuid
