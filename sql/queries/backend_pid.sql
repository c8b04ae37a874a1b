-- The process that serves this connection: to end it (tests/server/database.test.ts).
select pg_backend_pid()
