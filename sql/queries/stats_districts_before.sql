-- The counts of the stretch [:from, :to) before a period, per kelurahan or kecamatan (:level), zeros included: what its figures are
-- compared with (geo/stats/previous.ts). Counted as stats_districts.sql does, stages as they stand at :now. `trend` has the stretches of
-- the period itself, which is :span_seconds long however much of it is over. Called by server/routes/stats.ts.
with district as (
  select k.code as kelurahan_code, case when :level::text = 'kecamatan' then k.kecamatan_code else k.code end as code from kelurahan k
),
counted as (
  select s.kelurahan_code,
    least(12, width_bucket(date_part('epoch', s.received_at), date_part('epoch', :from::timestamptz), date_part('epoch', :from::timestamptz) + :span_seconds::double precision, 12)) as bucket,
    count(*) as n,
    count(*) filter (where s.agent >= 0 or s.agent_now % 2 = 1) as agent_n,
    count(*) filter (where s.agent > 0 and s.agent % 2 = 1 or s.agent_now % 2 = 1) as agent_breached,
    count(*) filter (where s.opd >= 0 or s.opd_now % 2 = 1) as opd_n,
    count(*) filter (where s.opd > 0 and s.opd % 2 = 1 or s.opd_now % 2 = 1) as opd_breached
  from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
  group by 1, 2
),
called as (
  select i.kelurahan_code, count(*) as n
  from call c join incident_figure i on i.incident_id = c.incident_id
  where c.rang_at >= :from::timestamptz and c.rang_at < :to::timestamptz and c.simulated = :simulated::boolean
  group by 1
),
stretch as (
  select d.code, b.bucket, coalesce(sum(c.n), 0)::integer as n, coalesce(sum(c.agent_n), 0)::integer as agent_n,
    coalesce(sum(c.agent_breached), 0)::integer as agent_breached, coalesce(sum(c.opd_n), 0)::integer as opd_n,
    coalesce(sum(c.opd_breached), 0)::integer as opd_breached
  from district d cross join generate_series(1, 12) as b (bucket)
  left join counted c on c.kelurahan_code = d.kelurahan_code and c.bucket = b.bucket
  group by 1, 2
)
select s.code, sum(s.n)::integer as incidents,
  coalesce((select sum(k.n)::integer from called k join district d using (kelurahan_code) where d.code = s.code), 0) as calls,
  sum(s.agent_n)::integer as agent_n, sum(s.agent_breached)::integer as agent_breached,
  sum(s.opd_n)::integer as opd_n, sum(s.opd_breached)::integer as opd_breached,
  array_agg(s.n order by s.bucket) as trend,
  exists (select 1 from incident_figure i where i.received_at < :from::timestamptz and i.simulated = :simulated::boolean) as whole
from stretch s
group by s.code
order by s.code
