-- Open incidents, and how many of their clocks have run out: agent 5 min from received_at to dispatched_at, OPD 35 min from there to resolved_at;
-- of a late entry nobody knows them.
-- Called for /metrics and /admin#health.
select count(*)::integer as open,
  count(*) filter (where not i.late_entry and i.dispatched_at is null and i.received_at < :now::timestamptz - interval '5 minutes')::integer as agent_breached,
  count(*) filter (where not i.late_entry and i.dispatched_at is not null and i.resolved_at is null and i.dispatched_at < :now::timestamptz - interval '35 minutes')::integer as opd_breached
from incident i where i.simulated = :simulated::boolean and i.status not in ('resolved', 'closed', 'cancelled', 'duplicate', 'handed_over')
