-- How much of a shift each unit of a kind was on duty, over the last :days: the share of its days on which it was, looked at in the middle of the shift
-- (:hour WIB), by the lines of the log; a unit of which no line speaks was what it is now. Called by server/stats/coverage_fleet.ts.
select u.id as unit_id, avg(case when coalesce(before.duty, after.duty, u.duty) = 'on' then 1.0 else 0.0 end)::float8 as on_share
from unit u
join agency g on g.id = u.agency_id
cross join lateral generate_series(1, :days::integer) as d (ago)
cross join lateral (select (date_trunc('day', :now::timestamptz at time zone 'Asia/Jakarta') - d.ago * interval '1 day' + :hour::integer * interval '1 hour') at time zone 'Asia/Jakarta' as at) m
left join lateral (
  select e.line::jsonb #>> '{body,after,duty}' as duty from event e
  where e.kind = 'unit.duty' and e.line::jsonb #>> '{body,after,id}' = u.id::text and e.occurred_at <= m.at and e.simulated = :simulated::boolean
  order by e.seq desc limit 1
) before on true
left join lateral (
  select e.line::jsonb #>> '{body,before,duty}' as duty from event e
  where e.kind = 'unit.duty' and e.line::jsonb #>> '{body,after,id}' = u.id::text and e.occurred_at > m.at and e.simulated = :simulated::boolean
    and e.line::jsonb #>> '{body,before,duty}' is not null
  order by e.seq limit 1
) after on true
where g.kind = :agency_kind and u.active
group by u.id
