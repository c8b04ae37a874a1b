-- Of whom (operators) the incidents of [:from, :to) were of which type and in which shift: without it nobody is compared. Called by server/stats/performance.ts.
with counted as (
  select coalesce(o.login, c.created_by) as key, c.incident_type, c.shift, sum(c.n)::integer as n
  from (
    select s.created_by, s.incident_type, stats_key('shift', s.received_at, null, null, null, null) as shift, count(*) as n
    from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s group by 1, 2, 3
  ) c
  left join account o on o.login = split_part(c.created_by, ':', 2)
  group by 1, 2, 3
)
select key,
  (select jsonb_object_agg(t.incident_type, t.n) from (select c.incident_type, sum(c.n) as n from counted c where c.key = k.key group by 1) t) as by_type,
  jsonb_build_object('pagi', coalesce(sum(n) filter (where shift = 'pagi'), 0), 'sore', coalesce(sum(n) filter (where shift = 'sore'), 0),
    'malam', coalesce(sum(n) filter (where shift = 'malam'), 0)) as by_shift
from counted k group by key
