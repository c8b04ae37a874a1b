-- Applies one migration unless another server just did. Called by server/db/migrate.ts.
select schema_apply(:name, :hash, :body)
