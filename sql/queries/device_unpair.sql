-- Verb: see sql/functions/device_unpair.sql.
select device_unpair(:unit_id::uuid, :id::uuid, :scope_agency::uuid, :scope_unit::uuid, :actor, :now::timestamptz) as answer
