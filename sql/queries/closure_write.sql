-- Verb: see sql/functions/closure_write.sql.
select closure_write(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
