-- Verb: see sql/functions/call_create.sql.
select call_create(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
