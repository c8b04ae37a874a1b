-- Photos of an OPD's final report, in bytes that were written anew without what a camera adds. A row goes as a whole when it is erased, its
-- salt too; the log holds a salted digest only.
create table report_photo (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident, agency_id uuid not null references agency,
  number integer not null check (number > 0), unique (incident_id, agency_id, number),
  sha256 text not null, unique (incident_id, agency_id, sha256),      -- of the bytes: the same photo again is the same row
  kind text not null check (kind in ('jpeg', 'png', 'webp')),
  width integer not null check (width > 0), height integer not null check (height > 0),
  bytes bytea not null check (octet_length(bytes) between 1 and 5000000),
  salt text not null,
  written_at timestamptz not null, written_by text not null
);
-- Pictures are packed already: trying to pack them again only takes time.
alter table report_photo alter column bytes set storage external;
