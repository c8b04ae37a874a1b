-- The statements that take each of our foreign keys away while rows come in the order of their tables' names, and that put it back, which looks at all rows.
-- Called by server/backup/load.ts.
select format('alter table %I drop constraint %I', r.relname, c.conname) as without,
  format('alter table %I add constraint %I %s', r.relname, c.conname, pg_get_constraintdef(c.oid)) as again
from pg_constraint c join pg_class r on r.oid = c.conrelid
where c.contype = 'f' and c.connamespace = current_schema()::regnamespace and c.conparentid = 0 and r.relname::text = any (:tables::text[])
order by r.relname, c.conname
