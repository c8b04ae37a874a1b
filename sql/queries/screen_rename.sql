-- Verb: see sql/functions/screen_rename.sql.
select screen_rename(:id, :name, :actor, :now::timestamptz)
