-- How often each element of the survey got each score in some months, and how many cases callers could have been asked about. Called by server/stats/skm.ts.
select coalesce((select jsonb_agg(x) from (
    select u.element, count(*) filter (where u.score = 1) as s1, count(*) filter (where u.score = 2) as s2, count(*) filter (where u.score = 3) as s3, count(*) filter (where u.score = 4) as s4
    from survey_answer a, unnest(a.scores) with ordinality u(score, element)
    where a.simulated = :simulated::boolean and a.month >= :from::date and a.month < :to::date group by u.element) x), '[]') as elements,
  (select count(*) from incident i where i.simulated = :simulated::boolean and i.status in ('resolved', 'closed', 'handed_over')
    and i.received_at >= (:from::date)::timestamp at time zone 'Asia/Jakarta' and i.received_at < (:to::date)::timestamp at time zone 'Asia/Jakarta') as cases
