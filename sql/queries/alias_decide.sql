-- Verb: see sql/functions/alias_decide.sql.
select alias_decide(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
