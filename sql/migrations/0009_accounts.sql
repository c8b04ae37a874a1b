-- Accounts sign in with a password and sessions end by themselves. A link lets somebody in, makes the first admin, or sets the
-- password of its account; a session without use for `idle_seconds` is over (null: never, a screen).
alter table account
  add column password_set_at timestamptz, add column last_seen_at timestamptz,
  add constraint account_login_form check (login ~ '^[a-z0-9][a-z0-9._-]{2,31}$');
alter table credential
  add column purpose text not null default 'session' check (purpose in ('session', 'first_admin', 'password')),
  add column idle_seconds integer check (idle_seconds > 0), add column last_seen_at timestamptz;
create index credential_account on credential (account_id) where account_id is not null;
create index credential_parent on credential (parent_id) where parent_id is not null;
