-- Respondents' own words of some months, shuffled within a month: their order says nothing. Called by server/routes/survey.ts, which records the look.
select id, to_char(month, 'YYYY-MM') as month, body from survey_comment
where simulated = :simulated::boolean and erased_at is null and month >= :from::date and month < :to::date order by month desc, id limit 500
