-- Verb: see sql/functions/unit_duty_set.sql.
select unit_duty_set(:id::uuid, :input::jsonb, :scope_agency::uuid, :scope_unit::uuid, :actor, :now::timestamptz, :simulated::boolean) as answer
