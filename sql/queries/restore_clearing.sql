-- The statements that empty this schema of what is ours, in their order: all tables are locked at once, so that a restore has them all or none, then views,
-- tables and, as at each migrate, functions go. Called by server/backup/load.ts.
with own as (
  select c.oid, c.relname, c.relkind from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition and c.relname::text = any (:tables::text[]))
select statement from (
  select 1 as step, 'lock table ' || string_agg(format('%I', relname), ', ' order by relname) || ' in access exclusive mode' as statement
  from own where relkind <> 'v' having count(*) > 0
  union all
  select 2, format('drop view if exists %I cascade', relname) from own where relkind = 'v'
  union all
  select 3, format('drop table if exists %I cascade', relname) from own where relkind <> 'v'
  union all
  select 4, format('drop %s if exists %s cascade', case p.prokind when 'a' then 'aggregate' else 'function' end, p.oid::regprocedure)
  from pg_proc p
  where p.pronamespace = current_schema()::regnamespace
    and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
) steps order by step, statement
