-- The statement that empties all our tables of what the migrations themselves wrote. Called by server/backup/load.ts.
select 'truncate ' || string_agg(format('%I', c.relname), ', ') as statement
from pg_class c
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname::text = any (:tables::text[])
