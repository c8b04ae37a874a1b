-- Until when a link may be used; no row: used, run out or unknown. Called by server/routes/survey.ts.
select expires_at from survey_link where token_hash = :token_hash and expires_at > :now::timestamptz and simulated = :simulated::boolean
