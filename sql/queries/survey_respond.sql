-- Verb: see sql/functions/survey_respond.sql.
select survey_respond(:input::jsonb, :now::timestamptz, :simulated::boolean) as answer
