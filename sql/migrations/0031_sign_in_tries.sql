-- Failed tries at signing in, shared by all servers: by a keyed hash of login or address, since somebody may type a password where the login goes.
create table sign_in_try (key_hash text primary key, count integer not null, last_at timestamptz not null);
create index sign_in_try_last on sign_in_try (last_at);
-- Addresses a login came in from: not held up by what others try at that login.
create table sign_in_known (key_hash text primary key, last_at timestamptz not null);
insert into setting (key, value)
values ('sign_in_key', to_jsonb(encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'base64')));
