-- A phone app that reports where a unit is: a token whose scope is `positions` lets it do that and nothing else.
alter table credential
  add column scope text check (scope in ('positions')),
  add column app text check (app in ('traccar', 'owntracks', 'other')),
  add column created_by text,
  add constraint credential_scope_bound check (scope is null or (kind = 'token' and unit_id is not null));
create index credential_device on credential (unit_id) where scope is not null;
