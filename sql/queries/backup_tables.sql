-- The tables that a backup holds, of those named and in the order of their names, each partition by itself under the name of its whole: their columns, and the
-- statements that read them through a cursor, each row one text: a JSON array of the columns' texts. Rows with bytes in them (photos) are large, so few at
-- once. Works on any schema since the first. Called by server/backup/text.ts.
select coalesce(p.relname, c.relname)::text as "table", array_agg(a.attname::text order by a.attnum) as columns,
  format('declare backup no scroll cursor for select json_build_array(%s)::text as line from only %I',
    string_agg(format('%I::text', a.attname), ', ' order by a.attnum), c.relname) as open,
  format('fetch forward %s from backup', case when bool_or(a.atttypid = 'bytea'::regtype) then 4 else 1000 end) as fetch
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and coalesce(p.relname, c.relname)::text = any (:tables::text[])
group by p.relname, c.relname
order by 1, c.relname
