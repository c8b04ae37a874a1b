-- Verb: see sql/functions/survey_invite.sql.
select survey_invite(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
