-- Rebuilds every SQL function. Called by server/db/migrate.ts.
select schema_apply_functions(:hash, :body)
