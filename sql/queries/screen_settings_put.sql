-- Verb: see sql/functions/screen_settings_put.sql.
select screen_settings_put(:id, :settings::jsonb, :credential::uuid, :any::boolean, :actor, :now::timestamptz) as answer
