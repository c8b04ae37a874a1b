-- What each device sends of a unit, and what became of it: what position_ingest judges the next fix by, and counts. `device_id` is the credential
-- a fix came with (its row may go before this one). Times named `sent` are by the device's own clock, all others by ours.
create table position_source (
  unit_id uuid not null references unit on delete cascade, device_id uuid not null, simulated boolean not null,
  first_at timestamptz not null, heard_at timestamptz not null,
  -- The last fix that was taken; the place held is what is shown while it stands.
  sent_at timestamptz, fix_at timestamptz, received_at timestamptz, lon double precision, lat double precision, accuracy_m real,
  held_lon double precision, held_lat double precision, gap_seconds double precision,
  -- A place it claims to have jumped to, and how many fixes in turn agree on it.
  away_lon double precision, away_lat double precision, away_at timestamptz, away_n integer not null default 0,
  -- Ours less its own; and another offset that its fixes may come to agree on.
  clock_seconds double precision not null default 0, clock_sent_at timestamptz,
  guess_seconds double precision, guess_since timestamptz, guess_heard_at timestamptz, guess_n integer not null default 0,
  taken bigint not null default 0, held bigint not null default 0, late bigint not null default 0, standby bigint not null default 0,
  future bigint not null default 0, too_old bigint not null default 0, zero bigint not null default 0, sign_flipped bigint not null default 0,
  swapped bigint not null default 0, outside bigint not null default 0, inaccurate bigint not null default 0, duplicate bigint not null default 0,
  teleport bigint not null default 0, off_duty bigint not null default 0,
  refused_as text, refused_at timestamptz,
  primary key (unit_id, device_id)
) with (fillfactor = 50);
-- Which device of a unit is shown.
create table position_leader (unit_id uuid primary key references unit on delete cascade, device_id uuid not null, rank integer not null, simulated boolean not null);

-- The same fix sent again is known by its device and that device's time.
alter table position add column device_id uuid, add column sent_at timestamptz;
create index position_sent on position (unit_id, sent_at);
