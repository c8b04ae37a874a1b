-- Needs that an admin may change: how many crew make a unit count, whose list is the city's own, and how old a position of each kind may be.
alter table incident_type_need add column min_crew integer not null default 1 check (min_crew between 1 and 20);
-- null: the list is the program's own and follows it; else an admin set it, and neither a start nor an import touches it.
alter table incident_type add column needs_set_at timestamptz, add column needs_set_by text;

create table agency_kind (
  kind text primary key,
  position_age_limit_seconds integer not null check (position_age_limit_seconds between 10 and 86400),
  set_at timestamptz, set_by text       -- as above
);
