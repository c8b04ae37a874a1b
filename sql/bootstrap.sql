-- Run at each start before anything else (server/db/migrate.ts): the register of migrations and the two functions that
-- apply them. Servers that start at once wait on the register's own row; the second finds the work done.
-- Two that make the same table or function at one moment would fail; the whole text is one transaction.
select pg_advisory_xact_lock(hashtext('siaga_bootstrap'));
create table if not exists schema_migration (
  name text primary key, hash text not null, applied_at timestamptz not null default now()
);
insert into schema_migration (name, hash) values ('functions', '') on conflict do nothing;

create or replace function schema_apply(p_name text, p_hash text, p_body text) returns boolean language plpgsql as $$
begin
  perform 1 from schema_migration where name = 'functions' for update;
  if exists (select 1 from schema_migration where name = p_name) then return false; end if;
  execute p_body;
  insert into schema_migration (name, hash) values (p_name, p_hash);
  return true;
end $$;

-- Functions are rebuilt whole, so that none of an older program lives on under an old signature.
create or replace function schema_apply_functions(p_hash text, p_body text) returns boolean language plpgsql as $$
declare
  f record;
begin
  perform 1 from schema_migration where name = 'functions' for update;
  if exists (select 1 from schema_migration where name = 'functions' and hash = p_hash) then return false; end if;
  for f in
    select p.oid::regprocedure as signature, p.prokind from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.proname not in ('schema_apply', 'schema_apply_functions')
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('drop %s %s cascade', case f.prokind when 'a' then 'aggregate' else 'function' end, f.signature);
  end loop;
  set local check_function_bodies = off;
  execute p_body;
  update schema_migration set hash = p_hash, applied_at = now() where name = 'functions';
  return true;
end $$;
