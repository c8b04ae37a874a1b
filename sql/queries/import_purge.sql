-- Takes away a batch of rows that no live layer holds. Called by server/import/tidy.ts until it answers 0.
select import_purge(:limit::integer, :now::timestamptz) as deleted
