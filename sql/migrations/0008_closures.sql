-- Closures say where they come from (drawn by hand, one press for a rob, an import: each replaces only its own kind) and count their
-- changes, so that of two admins who change one at once the second is told.
alter table closure add column origin text not null default 'hand' check (origin in ('hand', 'rob', 'import')),
  add column revision integer not null default 1;
create index closure_ends_at on closure (ends_at);
