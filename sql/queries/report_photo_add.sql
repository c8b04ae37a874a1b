-- Verb: see sql/functions/report_photo_add.sql.
select report_photo_add(:id::uuid, :agency_id::uuid, :photo::jsonb, :bytes::bytea, :sha256, :most::integer, :actor, :now::timestamptz, :simulated::boolean) as answer
