-- An identity column goes on behind the last number that it had given. Called by server/backup/load.ts.
select setval(pg_get_serial_sequence(quote_ident(:table::text), :column::text), :last::bigint) as last
