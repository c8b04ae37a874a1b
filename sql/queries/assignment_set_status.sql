-- Verb: see sql/functions/assignment_set_status.sql.
select assignment_set_status(:id::uuid, :input::jsonb, :scope_agency::uuid, :scope_unit::uuid, :actor, :now::timestamptz, :simulated::boolean) as answer
