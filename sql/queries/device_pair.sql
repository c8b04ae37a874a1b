-- Verb: see sql/functions/device_pair.sql.
select device_pair(:unit_id::uuid, :input::jsonb, :scope_agency::uuid, :scope_unit::uuid, :actor, :now::timestamptz) as device
