-- Verb: see sql/functions/device_location_add.sql.
select device_location_add(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
