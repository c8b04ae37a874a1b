-- Verb: see sql/functions/assignment_choose.sql.
select assignment_choose(:id::uuid, :input::jsonb, :scope_agency::uuid, :actor, :now::timestamptz, :simulated::boolean) as answer
