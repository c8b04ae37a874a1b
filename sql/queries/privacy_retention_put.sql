-- Verb: see sql/functions/privacy_retention_put.sql.
select privacy_retention_put(:days::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
