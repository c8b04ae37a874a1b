-- Verb: see sql/functions/report_photo_remove.sql.
select report_photo_remove(:id::uuid, :photo_id::uuid, :agency_id::uuid, :actor, :now::timestamptz, :simulated::boolean)
