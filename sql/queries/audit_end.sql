-- What the check of the log found: `fault` null when all is whole. Called by server/audit/nightly.ts.
update setting set value = jsonb_build_object('ended_at', :now::timestamptz, 'seq', :seq::bigint, 'hash', :hash::text, 'anchors', :anchors::integer, 'fault', :fault::text), updated_at = :now::timestamptz
where key = 'audit'
