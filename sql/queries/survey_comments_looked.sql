-- Records that somebody saw respondents' words. Called by server/routes/survey.ts.
insert into private_view (survey_comment_id, actor, at, kind) select unnest(:ids::uuid[]), :actor::text, :at::timestamptz, 'survey'
