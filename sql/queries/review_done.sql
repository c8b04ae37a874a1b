-- Verb: see sql/functions/review_done.sql.
select review_done(:id::uuid, :status, :actor, :now::timestamptz, :simulated::boolean) as answer
