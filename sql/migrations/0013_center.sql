-- The operator's final report of a case. The words are private and erasable: they and their salt go, the counts stay.
create table final_report (
  incident_id uuid primary key references incident,
  dead integer not null check (dead between 0 and 9999), injured integer not null check (injured between 0 and 9999),
  evacuated integer not null check (evacuated between 0 and 99999),
  summary text, cause text, outcome text, damage text, told text, notes text, salt text not null,
  revision integer not null, written_at timestamptz not null, written_by text not null
);

-- What is to go to the data centre of Kominfo, written in the transaction that made it due. A message names its case and holds none of it: the body is
-- built when it is sent, so what was erased meanwhile neither leaves nor rests here. `ord` is the order; of one case only the newest is still owed.
create table outbox_message (
  id uuid primary key default gen_random_uuid(), ord bigint generated always as identity unique,
  incident_id uuid not null references incident, simulated boolean not null,
  reason text not null check (reason in ('closed', 'cancelled', 'duplicate', 'handed_over', 'duplicate_undone', 'corrected', 'opd_report', 'final_report')),
  status text not null default 'pending' check (status in ('pending', 'sent', 'dead', 'superseded')),
  created_at timestamptz not null, next_try_at timestamptz not null, tries integer not null default 0,
  claim uuid, leased_until timestamptz,          -- who is sending it now, and until when nobody else may
  last_try_at timestamptz, last_status integer, last_error text, sent_at timestamptz
);
create index outbox_owed on outbox_message (ord) where status in ('pending', 'dead');
create index on outbox_message (incident_id, ord);
