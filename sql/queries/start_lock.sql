-- Held to the end of the transaction: one server at a time makes the schema and the first rows (server/db/alone.ts).
select pg_advisory_xact_lock(hashtext('siaga_start'))
