-- Verb: see sql/functions/call_answer.sql.
select call_answer(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
