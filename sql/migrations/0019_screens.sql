-- Screens as they tell of themselves (server/live/screens.ts): the newest word of each, and when each painted in which state. Neither is
-- part of the log: a word comes each two seconds and changes nothing that anybody is sent to.
alter table screen
  add column role text, add column first_seen_at timestamptz, add column stale_reason text, add column scene text, add column sound text,
  add column loaded text, add column dom_nodes integer, add column seq bigint;

-- One row per unbroken stretch in which a screen painted in one state; a gap between two rows is time in which it was not heard.
create table screen_span (
  screen_id text not null, began_at timestamptz not null, ended_at timestamptz not null,   -- ended_at: last word heard
  stale_reason text,                                                                         -- why it said BASI; null: fresh
  scene text not null, version text not null, loaded text not null,                          -- loaded: why its page had begun
  primary key (screen_id, began_at), check (ended_at >= began_at)
);
create index on screen_span (ended_at);
