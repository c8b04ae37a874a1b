-- The statement that loads rows of a table, given as $1, a JSON array of rows as backup_tables.sql reads them with these columns. No row: there is no such
-- table of ours, or it has other columns. Called by server/backup/load.ts.
select format('insert into %I (%s) overriding system value select %s from jsonb_array_elements($1::jsonb) r', c.relname,
    string_agg(format('%I', a.attname), ', ' order by n.ord),
    string_agg(format('(r ->> %s)::%s', n.ord - 1, format_type(a.atttypid, a.atttypmod)), ', ' order by n.ord)) as statement
from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  left join unnest(:columns::text[]) with ordinality n (name, ord) on n.name = a.attname
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and c.relname::text = :table::text and c.relname::text = any (:tables::text[])
group by c.relname
having count(n.ord) = count(*) and count(*) = cardinality(:columns::text[])
