-- Simulated and real cases never bind each other's units: one job at a time in each world.
drop index assignment_unit_active;
create unique index assignment_unit_active on assignment (unit_id, simulated) where active and unit_id is not null;

-- Kept answers held a second copy of what callers said; the same request brings it again.
update idempotency_key set response = null where response is not null;
