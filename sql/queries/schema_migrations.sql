-- Which migrations this database has had. Called by server/db/migrate.ts.
select name, hash from schema_migration
