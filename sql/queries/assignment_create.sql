-- Verb: see sql/functions/assignment_create.sql.
select assignment_create(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
