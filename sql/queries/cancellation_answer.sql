-- Verb: see sql/functions/cancellation_answer.sql.
select cancellation_answer(:id::uuid, :input::jsonb, :decides::boolean, :actor, :now::timestamptz, :simulated::boolean) as answer
