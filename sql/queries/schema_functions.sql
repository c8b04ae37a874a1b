-- Which program's functions are in the database now. Called by server/db/copies.ts.
select hash from schema_migration where name = 'functions'
