-- Verb: see sql/functions/review_finding_put.sql.
select review_finding_put(:review_id::uuid, :finding_id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
