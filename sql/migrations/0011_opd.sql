-- What a dispatcher of an OPD says of its own: duty and crew of its units (who said it and when), requests for help from others.
alter table unit add column duty_set_at timestamptz, add column duty_set_by text,
  add column crew_set_at timestamptz;      -- null: the crew is the master data's own and follows it

-- An OPD that is on a case asks for more of another kind. Its words, and those of the answer, are notes: erasable, never in the log.
create table help_request (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident, agency_id uuid not null references agency,
  agency_kind text not null, quantity integer not null check (quantity between 1 and 20),
  status text not null default 'open' check (status in ('open', 'sent', 'refused')),
  asked_at timestamptz not null, answered_at timestamptz, simulated boolean not null
);
create index on help_request (incident_id);
alter table incident_note add column help_request_id uuid references help_request;
