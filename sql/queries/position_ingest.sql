-- Takes fixes in; one row an answer. Called by server/verbs/ingest_positions.ts.
select ord, unit_id, reason, outcome from position_ingest(:rows::jsonb, :now::timestamptz, :simulated::boolean, :device::uuid, :top_speed_kmh::float8) order by ord
