-- What a device sent of a unit and what became of it, as on the wire (geo/wire/field.ts); null when it never sent. Called by device_list and queries/health_positions.sql.
create or replace function position_source_json(s position_source) returns jsonb language sql stable as $$
  select case when s.unit_id is null then null else jsonb_build_object(
    'taken', s.taken, 'held', s.held, 'late', s.late, 'standby', s.standby,
    'refused', (select coalesce(jsonb_object_agg(c.reason, c.n), '{}') from (values ('future', s.future), ('too_old', s.too_old), ('zero', s.zero),
      ('sign_flipped', s.sign_flipped), ('swapped', s.swapped), ('outside', s.outside), ('inaccurate', s.inaccurate), ('duplicate', s.duplicate),
      ('teleport', s.teleport), ('off_duty', s.off_duty)) c(reason, n) where c.n > 0),
    'refused_reason', s.refused_as, 'refused_at', s.refused_at, 'heard_at', s.heard_at, 'clock_seconds', round(s.clock_seconds::numeric, 1),
    'shown', exists (select from position_leader l where l.unit_id = s.unit_id and l.device_id = s.device_id and l.simulated = s.simulated),
    'last_fix', case when s.fix_at is not null then jsonb_build_object('location', jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(s.lon, s.lat)),
      'fix_at', s.fix_at, 'received_at', s.received_at, 'accuracy_m', s.accuracy_m) end) end
$$;
