-- Verb: see sql/functions/survey_comment_erase.sql.
select survey_comment_erase(:id::uuid, :actor, :now::timestamptz, :simulated::boolean) as answer
