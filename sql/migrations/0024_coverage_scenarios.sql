-- What-ifs of coverage that somebody kept (geo/wire/coverage_scenarios.ts). `name` and `note` are free words, go with the row and are never in the log.
create table coverage_scenario (
  id uuid primary key default gen_random_uuid(),
  name text not null, note text not null default '',
  agency_kind text not null, minutes jsonb not null, from_where text not null check (from_where in ('posts', 'units')),
  changes jsonb not null, revision integer not null default 1, simulated boolean not null,
  created_at timestamptz not null, created_by text not null, updated_at timestamptz not null, updated_by text not null
);
create index on coverage_scenario (simulated, updated_at desc);
