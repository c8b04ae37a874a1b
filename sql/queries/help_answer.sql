-- Verb: see sql/functions/help_answer.sql.
select help_answer(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
