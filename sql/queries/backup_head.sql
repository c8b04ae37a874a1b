-- What a backup's first line says of the database, as of the transaction it is read in: migrations, the head of the log, what is held, partitions with their
-- bounds, identity columns with their last number. Called by server/backup/text.ts; works on any schema since the first.
select now() as made_at,
  (select jsonb_agg(jsonb_build_object('name', name, 'hash', hash) order by name) from schema_migration where name <> 'functions') as migrations,
  (select jsonb_build_object('log_id', log_id, 'seq', seq, 'hash', hash) from log_head where id = 1) as log,
  jsonb_build_object(
    'real', exists (select 1 from incident where not simulated) or exists (select 1 from call where not simulated),
    'simulated', exists (select 1 from incident where simulated) or exists (select 1 from call where simulated),
    'incidents', (select count(*) from incident), 'last_received_at', (select max(received_at) from incident)) as holds,
  (select coalesce(jsonb_agg(jsonb_build_object('name', c.relname, 'parent', p.relname,
      'from', substring(pg_get_expr(c.relpartbound, c.oid) from 'FROM \(''([^'']+)''\)'),
      'to', substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)''\)')) order by c.relname), '[]')
    from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT') as partitions,
  (select coalesce(jsonb_agg(jsonb_build_object('table', c.relname, 'column', a.attname, 'last', s.last_value) order by c.relname, a.attname), '[]')
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_depend d on d.refobjid = c.oid and d.refobjsubid = a.attnum and d.deptype = 'i'
      join pg_class q on q.oid = d.objid and q.relkind = 'S' join pg_sequences s on s.sequencename = q.relname and s.schemaname = current_schema()
    where c.relnamespace = current_schema()::regnamespace and a.attidentity <> '' and s.last_value is not null) as sequences
