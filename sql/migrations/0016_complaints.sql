-- Complaints about the service with their deadlines in working days, and the satisfaction survey (SKM).
create table complaint_rules (
  id smallint primary key default 1 check (id = 1),
  officer_days integer not null default 5 check (officer_days between 1 and 60),      -- to the officer's answer
  official_days integer not null default 14 check (official_days between 1 and 60),   -- from the escalation to the Kominfo official's
  reopen_days integer not null default 10 check (reopen_days between 1 and 60),       -- from an answer; unanswered by then it closes by itself
  revision integer not null default 0
);
insert into complaint_rules default values;
-- Days that are no working days beside Saturday and Sunday. Those that never move; the others an admin enters each year.
create table holiday (day date primary key, name text not null check (length(name) between 1 and 80));
insert into holiday (day, name)
select make_date(y, m, d), name from generate_series(2025, 2028) y,
  (values (1, 1, 'Tahun Baru Masehi'), (5, 1, 'Hari Buruh Internasional'), (6, 1, 'Hari Lahir Pancasila'), (8, 17, 'Hari Kemerdekaan RI'), (12, 25, 'Hari Raya Natal')) f(m, d, name);

create table complaint_counter (day date not null, simulated boolean not null, last integer not null, primary key (day, simulated));
create table complaint (
  id uuid primary key, number text not null unique,
  channel text not null check (channel in ('112', 'instagram', 'phone', 'in_person')),
  category text not null check (category in ('slow_answer', 'slow_arrival', 'attitude', 'wrong_handling', 'not_answered', 'other')),
  status text not null default 'received' check (status in ('received', 'being_handled', 'escalated', 'answered', 'closed')),
  incident_id uuid references incident on delete set null,
  received_at timestamptz not null,
  opened_at timestamptz not null,              -- received, or reopened last: what the officer's clock runs from
  officer_due_at timestamptz not null,
  taken_at timestamptz,
  escalated_at timestamptz, escalation text check (escalation in ('words', 'deadline', 'reopened')), official_due_at timestamptz,
  answered_at timestamptz, reopen_until timestamptz, closed_at timestamptz,
  first_answered_at timestamptz, first_answer_late boolean,
  reopened integer not null default 0, revision integer not null default 1,
  simulated boolean not null, created_by text not null, created_at timestamptz not null,
  open boolean generated always as (status in ('received', 'being_handled', 'escalated')) stored,
  check ((escalated_at is null) = (escalation is null) and (escalated_at is null) = (official_due_at is null)),
  check ((first_answered_at is null) = (first_answer_late is null)),
  check ((status in ('answered', 'closed')) = (answered_at is not null))
);
create index complaint_open on complaint (officer_due_at) where status <> 'closed';
create index complaint_received on complaint (received_at);

-- Who complained: erasable with its salt, as are the words of each step. Nothing of it is in the log but a salted digest.
create table complaint_private (
  complaint_id uuid primary key references complaint on delete cascade,
  salt text, name text, contact text, erased_at timestamptz,
  check (erased_at is null or num_nonnulls(salt, name, contact) = 0)
);
create table complaint_note (
  id uuid primary key default gen_random_uuid(), ord bigint generated always as identity,
  complaint_id uuid not null references complaint on delete cascade,
  kind text not null check (kind in ('register', 'take', 'escalate', 'answer', 'close', 'reopen', 'note')),
  body text, salt text,                        -- null: said without words, or erased
  actor text not null, at timestamptz not null
);
create index on complaint_note (complaint_id, ord);

-- A case whose caller was asked. The link belongs to it until it is used; then the link's row is gone and nothing leads from the case to the answer.
create table survey_invitation (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid unique references incident on delete cascade, call_id uuid unique references call on delete cascade,
  simulated boolean not null, check (num_nonnulls(incident_id, call_id) = 1)
);
create table survey_link (
  invitation_id uuid primary key references survey_invitation on delete cascade,
  token_hash text not null unique, month date not null check (extract(day from month) = 1), expires_at timestamptz not null, simulated boolean not null
);
-- One respondent: the month of the case and nine scores. No case, no time, no type, no kelurahan: in a city of this size those are cells of one.
create table survey_answer (
  id uuid primary key default gen_random_uuid(),
  month date not null check (extract(day from month) = 1),
  scores smallint[] not null check (cardinality(scores) = 9 and 1 <= all (scores) and 4 >= all (scores)),
  simulated boolean not null
);
create index survey_answer_month on survey_answer (simulated, month);
-- Free words stand apart from the scores, so that a word that names somebody names no scores.
create table survey_comment (
  id uuid primary key default gen_random_uuid(),
  month date not null check (extract(day from month) = 1),
  body text, salt text, erased_at timestamptz, simulated boolean not null,
  check ((erased_at is null) = (body is not null) and (body is null) = (salt is null))
);

-- Who saw whose data, now of complaints and of respondents' words too.
alter table private_view
  add column complaint_id uuid references complaint on delete cascade,
  add column survey_comment_id uuid references survey_comment on delete cascade,
  drop constraint private_view_of,
  add constraint private_view_of check (num_nonnulls(incident_id, call_id, complaint_id, survey_comment_id) = 1);
create index on private_view (complaint_id) where complaint_id is not null;
