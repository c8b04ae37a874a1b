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

-- The final report of one OPD on one case. The words are private and erasable: they and their salt go, the counts stay.
create table agency_report (
  incident_id uuid not null references incident, agency_id uuid not null references agency, primary key (incident_id, agency_id),
  dead integer not null check (dead between 0 and 9999), injured integer not null check (injured between 0 and 9999),
  evacuated integer not null check (evacuated between 0 and 99999),
  cause text, damage text, measures text, words text, salt text not null,
  revision integer not null, written_at timestamptz not null, written_by text not null
);
