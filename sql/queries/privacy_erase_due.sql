-- Verb: see sql/functions/privacy_erase_due.sql.
select privacy_erase_due(:rule::jsonb, :limit::integer, :actor, :now::timestamptz, :simulated::boolean) as answer
