-- Personal data: what kind of look each was, cases that must be kept, what was erased and why, and suspected breaches with their clock.
-- What rests where, and how it is erased, stands in functions/private_store.sql.

-- `about`: a look at something else than a case or a call (the list of one account's looks).
alter table private_view drop constraint private_view_of;
alter table private_view
  add column kind text not null default 'case' check (kind ~ '^[a-z_]{2,32}$'), add column about text,
  add constraint private_view_of check (num_nonnulls(incident_id, call_id, complaint_id, survey_comment_id) <= 1);
update private_view set kind = case when call_id is not null then 'call' when complaint_id is not null then 'complaint' else 'survey' end where incident_id is null;
create index private_view_at on private_view (at, actor);
create index private_view_call on private_view (call_id) where call_id is not null;

-- A case under dispute or investigation is not erased while a hold stands; it holds what was merged with it too.
create table incident_hold (
  id uuid primary key default gen_random_uuid(), incident_id uuid not null references incident on delete cascade,
  reason text, salt text not null, placed_at timestamptz not null, placed_by text not null, lifted_at timestamptz, lifted_by text
);
create unique index incident_hold_standing on incident_hold (incident_id) where lifted_at is null;

-- What was erased: one row a batch of the retention, one a request. Never what it was.
create table erasure (
  id uuid primary key default gen_random_uuid(),
  rule text not null check (rule in ('retention', 'request', 'request_again')), period text,
  incident_id uuid references incident on delete set null,      -- of a request
  cases integer not null, erased jsonb not null,                -- rows by store
  reason text, salt text not null, at timestamptz not null, actor text not null
);
create index erasure_at on erasure (at);
create index erasure_incident on erasure (incident_id) where incident_id is not null;
create index incident_over on incident (coalesce(closed_at, ended_at)) where not open;
create index incident_private_kept on incident_private (incident_id) where erased_at is null;
create index call_private_kept on call_private (call_id) where erased_at is null;

-- A failure to protect personal data, suspected or certain. Its words are for admins alone; the log holds digests and times.
create table breach (
  id uuid primary key default gen_random_uuid(),
  found_at timestamptz not null, registered_at timestamptz not null, registered_by text not null,
  what text, data text, how text, measures text, salt text not null,
  subjects integer check (subjects between 0 and 9999999),      -- null: not known yet
  authority_notified_at timestamptz, authority_how text, subjects_notified_at timestamptz, subjects_how text,
  outcome text check (outcome in ('confirmed', 'not_a_breach')), conclusion text, concluded_at timestamptz, concluded_by text,
  revision integer not null, simulated boolean not null,
  check ((outcome is null) = (concluded_at is null))
);
create table breach_case (
  breach_id uuid not null references breach on delete cascade, incident_id uuid not null references incident on delete cascade,
  added_at timestamptz not null, primary key (breach_id, incident_id)
);
