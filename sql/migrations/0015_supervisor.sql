-- The supervisor's room: who answers for a case, who is at work, cancellations that need a second word, the shift plan, hand-over notes,
-- internal supervision. Names, words and records of people are erasable and never in the log.

-- Who answers for a case; null: who recorded it. It is no part of incident_row: screens are told nothing of people.
alter table incident add column handler text, add column handler_since timestamptz;

-- When somebody's open page was last seen alive. It keeps no session from ending: a request is use of it, an open page is not.
alter table credential add column online_at timestamptz;
create index event_actor on event (actor, seq);

-- An operator asks that a case to which somebody was sent be cancelled. The words are notes.
create table cancellation_request (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident,
  status text not null default 'open' check (status in ('open', 'approved', 'refused')),
  asked_at timestamptz not null, asked_by text not null, answered_at timestamptz, answered_by text,
  peer boolean not null default false,        -- answered by another operator, since no supervisor or admin was at work
  simulated boolean not null,
  check ((status = 'open') = (answered_at is null))
);
create unique index cancellation_open on cancellation_request (incident_id) where status = 'open';
create index on cancellation_request (incident_id);
alter table incident_note add column cancellation_request_id uuid references cancellation_request;

-- Those who carry out the service, by a code that may stand in the log (the login of an account, a post).
create table staff (
  id uuid primary key default gen_random_uuid(),
  code text not null check (code ~ '^[a-z0-9][a-z0-9._-]{2,31}$'), active boolean not null default true,
  created_at timestamptz not null, simulated boolean not null, unique (code, simulated)
);
create table staff_private (
  staff_id uuid primary key references staff on delete cascade, salt text not null, name text, erased_at timestamptz
);
-- Education and courses: about a person, so erased with the name.
create table staff_record (
  id uuid primary key default gen_random_uuid(),
  staff_id uuid not null references staff on delete cascade,
  kind text not null check (kind in ('education', 'bhd', 'call_taking', 'other')),
  title text not null, obtained_on date, expires_on date, check (expires_on >= obtained_on)
);
create index on staff_record (staff_id);
create table shift_duty (
  day date not null, shift text not null check (shift in ('pagi', 'sore', 'malam')),
  staff_id uuid not null references staff, planned_at timestamptz not null, planned_by text not null,
  primary key (day, shift, staff_id)
);

-- One note for each shift that ends. `cases`: what was open, with its clocks, as it was when the note was written.
create table handover (
  id uuid primary key default gen_random_uuid(),
  day date not null, shift text not null check (shift in ('pagi', 'sore', 'malam')), simulated boolean not null, unique (day, shift, simulated),
  cases jsonb not null, revision integer not null, written_at timestamptz not null, written_by text not null,
  acknowledged_at timestamptz, acknowledged_by text
);
create table handover_private (
  handover_id uuid primary key references handover on delete cascade, salt text not null, words text, equipment text, erased_at timestamptz
);

-- Internal supervision: cases of a month, by rule at any time, by lot once when the month is over.
create table review_month (
  month text not null check (month ~ '^\d{4}-\d{2}$'), simulated boolean not null, primary key (month, simulated),
  seed text, share double precision check (share between 0 and 1), pool integer, drawn_at timestamptz
);
create table review_case (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null unique references incident, month text not null, reasons text[] not null,
  status text not null default 'open' check (status in ('open', 'done')), drawn_at timestamptz not null,
  done_at timestamptz, done_by text, simulated boolean not null
);
create index on review_case (month, simulated);
create table review_finding (
  id uuid primary key default gen_random_uuid(),
  review_id uuid not null references review_case,
  category text not null check (category in ('time', 'location', 'choice', 'record', 'conduct', 'system', 'none')),
  severity text not null check (severity in ('note', 'minor', 'major')),
  due_on date, done_at timestamptz, revision integer not null, made_at timestamptz not null, made_by text not null
);
create index on review_finding (review_id);
create table review_finding_private (
  finding_id uuid primary key references review_finding on delete cascade, salt text not null, words text, follow_up text, erased_at timestamptz
);
