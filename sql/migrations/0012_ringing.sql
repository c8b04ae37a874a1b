-- Calls that a PBX tells of ring at every desk until somebody takes them. Numbers are blocked and counted by a keyed hash, never by themselves.
alter table call
  add column rings boolean not null default false,        -- told by a PBX: offered to the desks; false: typed at one
  add column answered_by text,                            -- whose desk took it, at the phone or calling back: a login, else an actor
  add column blocked_until timestamptz,                   -- its number was blocked while it waited
  add column pranks_today integer, add column pranks_30d integer;   -- what that number had done before; null: no number
create index call_unfinished on call (rang_at) where rings and kind is null and incident_id is null;

-- Goes with the number when that is erased, and by itself earlier (jobs/housekeeping.ts).
alter table call_private add column number_hash text;
create index call_private_number on call_private (number_hash) where number_hash is not null;

create table number_block (
  id uuid primary key default gen_random_uuid(),
  number_hash text not null, simulated boolean not null, call_id uuid not null references call on delete cascade,
  blocked_at timestamptz not null, expires_at timestamptz not null, blocked_by text not null,
  unique (number_hash, simulated),
  check (expires_at > blocked_at and expires_at <= blocked_at + interval '7 days')
);
create index on number_block (call_id);

-- The installation's secret of functions/number_hash.sql: 32 bytes, base64. It never leaves the database.
insert into setting (key, value)
values ('number_key', to_jsonb(encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'base64')));
