-- Paired phones of a unit. Called by server/verbs/devices.ts.
select device_list(:unit_id::uuid, :scope_agency::uuid, :scope_unit::uuid, :now::timestamptz) as devices
