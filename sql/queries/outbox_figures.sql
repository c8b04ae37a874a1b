-- What is owed to the data centre and what stands still, with the moment since when the oldest waits. Called for /admin, /metrics and npm run outbox.
select count(*) filter (where status = 'pending')::integer as pending, count(*) filter (where status = 'dead')::integer as dead,
  to_jsonb(min(created_at) filter (where status = 'pending')) #>> '{}' as oldest_at
from outbox_message where status in ('pending', 'dead') and simulated = :simulated::boolean
