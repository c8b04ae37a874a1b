-- Verb: see sql/functions/screen_forget.sql.
select screen_forget(:id, :actor, :now::timestamptz)
