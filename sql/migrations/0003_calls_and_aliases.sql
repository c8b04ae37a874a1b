-- What each caller said of a place, where phones said they were, pairs that are no duplicates, and names learnt from corrections.

-- A second caller's own words stay beside the first one's: erasable, as all personal data.
alter table call_private
  add column caller_name text, add column address_text text, add column description text,
  add column location geometry(Point, 4326), add column accuracy_m double precision check (accuracy_m >= 0);
alter table private_view alter column incident_id drop not null,
  add column call_id uuid references call on delete cascade,
  add constraint private_view_of check (num_nonnulls(incident_id, call_id) = 1);

-- Recorded without any call (walked in, told by radio): one report that no call tells of (see functions/incident_call_count.sql).
alter table incident add column without_call boolean not null default false;
update incident i set without_call = true where not exists (select 1 from call c where c.incident_id = i.id);
create index incident_duplicate_of on incident (duplicate_of) where duplicate_of is not null;

-- An operator said of two incidents that they are not one: never proposed again. The smaller id stands first.
create table not_duplicate (
  a uuid not null references incident on delete cascade, b uuid not null references incident on delete cascade,
  said_at timestamptz not null, said_by text not null,
  primary key (a, b), check (a < b)
);
create index on not_duplicate (b);

-- The newest fix of a caller's phone: of a call, or of a number (number_key, see functions/phone_key.sql) whose call is awaited.
create table device_location (
  id uuid primary key default gen_random_uuid(),
  call_id uuid unique references call on delete cascade, number_key text,
  location geometry(Point, 4326) not null, accuracy_m double precision not null check (accuracy_m >= 0),
  source text not null check (source in ('aml', 'link', 'other')),
  fix_at timestamptz not null, received_at timestamptz not null, simulated boolean not null,
  check (call_id is not null or number_key is not null)
);
create unique index device_location_awaited on device_location (number_key, simulated) where call_id is null;

-- Names people use for a place, learnt from corrections: in force only once an admin accepted them. A target is told by type,
-- name and place, never by a layer's row, so that it outlives an import.
create table alias (
  id uuid primary key default gen_random_uuid(),
  alias text not null check (length(alias) between 1 and 60), salt text not null default gen_random_uuid()::text,
  target_type text not null check (target_type in ('kelurahan', 'kecamatan', 'street', 'place', 'facility', 'point')),
  target_name text, target_kelurahan_code text, location geometry(Point, 4326) not null,
  status text not null default 'proposed' check (status in ('proposed', 'accepted', 'rejected')),
  times integer not null default 1 check (times > 0),
  proposed_at timestamptz not null, last_at timestamptz not null, decided_at timestamptz, decided_by text,
  incident_id uuid references incident on delete set null, note text, simulated boolean not null,
  check ((target_type = 'point') = (target_name is null)),
  check ((status = 'proposed') = (decided_at is null))
);
create index on alias (status, simulated, last_at);
create index on alias (alias);
