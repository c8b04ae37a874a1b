-- A unit may stand in line for one more job while it is on its first: `queued_behind` names the incident that it is still at. It is null
-- once the assignment became the unit's job (`promoted_at`); one that ended in line keeps it.
alter table assignment add column queued_behind uuid references incident, add column promoted_at timestamptz;
drop index assignment_unit_active;
-- In each world one job at a time and at most one in line: two operators cannot both win.
create unique index assignment_unit_active on assignment (unit_id, simulated) where active and unit_id is not null and queued_behind is null;
create unique index assignment_unit_queued on assignment (unit_id, simulated) where active and unit_id is not null and queued_behind is not null;
create index assignment_queued_behind on assignment (queued_behind) where active and queued_behind is not null;

-- What the ledger counts: worked out at the choice (geo/dispatch/first.ts), never guessed later. Older decisions have no outcome.
alter table dispatch_decision
  add column outcome text check (outcome in ('first', 'other', 'none')), add column verdicts jsonb,
  add column reason_code text, add column routing text not null default 'own' check (routing in ('own', 'osrm', 'fallback')),
  add column closures_in_force integer, add column considered integer;
