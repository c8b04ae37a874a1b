-- What the night's erasing came to: `fault` null when all that was due is gone. Called by server/privacy/eraser.ts.
update setting set value = jsonb_build_object('ended_at', :now::timestamptz, 'cases', :cases::integer, 'rows', :rows::integer, 'fault', :fault::text), updated_at = :now::timestamptz
where key = 'erasure'
