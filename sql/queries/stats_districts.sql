-- Figures per kelurahan or kecamatan (:level), zeros included, shaped as geo/wire/stats.ts `district`.
-- Called by server/routes/stats.ts. Incidents by received_at and calls by rang_at in [:from, :to); `open` is what is open
-- now, whenever received; `calls` are those about an incident of the district, cancelled and duplicate ones too; trend is
-- 12 equal stretches of the period.
with district as (
  select k.code as kelurahan_code,
    case when :level::text = 'kecamatan' then k.kecamatan_code else k.code end as code,
    case when :level::text = 'kecamatan' then k.kecamatan else k.name end as name,
    k.population, k.population_year
  from kelurahan k
),
area as (
  -- A sum with a part missing is no population; parts of several years are told by the oldest.
  select code, min(name) as name, case when count(population) = count(*) then sum(population)::integer end as population,
    min(population_year) as population_year
  from district group by code
),
counted as (
  select s.kelurahan_code, s.incident_type,
    least(12, width_bucket(date_part('epoch', s.received_at), date_part('epoch', :from::timestamptz), date_part('epoch', :to::timestamptz), 12)) as bucket,
    count(*) as n
  from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
  group by 1, 2, 3
),
figures as (
  select s.key as code, s.stage, stats_stage_figures(s.n, s.breached, s.running, s.missing, s.seconds, s.ended, s.censored) as figures
  from stats_stages(:level::text, :from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
  where s.stage in ('agent', 'opd')
),
typed as (
  select code, sum(n)::integer as incidents, jsonb_object_agg(incident_type, n) as by_type
  from (select d.code, c.incident_type, sum(c.n)::integer as n from counted c join district d using (kelurahan_code) group by 1, 2) t
  group by code
),
trended as (
  select a.code, array_agg(coalesce(t.n, 0) order by b.bucket) as trend
  from area a
  cross join generate_series(1, 12) as b (bucket)
  left join (
    select d.code, c.bucket, sum(c.n)::integer as n from counted c join district d using (kelurahan_code) group by 1, 2
  ) t on t.code = a.code and t.bucket = b.bucket
  group by a.code
),
called as (
  select d.code, sum(k.n)::integer as n
  from (
    select i.kelurahan_code, count(*) as n
    from call c join incident_figure i on i.incident_id = c.incident_id
    where c.rang_at >= :from::timestamptz and c.rang_at < :to::timestamptz and c.simulated = :simulated::boolean
    group by 1
  ) k join district d using (kelurahan_code)
  group by d.code
),
opened as (
  select d.code, count(*)::integer as n
  from incident_figure i join district d using (kelurahan_code)
  where i.open and i.simulated = :simulated::boolean
  group by d.code
)
select a.code, a.name, coalesce(t.incidents, 0) as incidents, coalesce(c.n, 0) as calls, coalesce(o.n, 0) as open,
  coalesce(t.by_type, '{}') as by_type,
  coalesce(agent.figures, none.figures) as agent, coalesce(opd.figures, none.figures) as opd,
  a.population, a.population_year,
  coalesce(t.incidents, 0) * 10000 / nullif(a.population, 0)::double precision as per_10000,
  r.trend
from area a
join trended r using (code)
left join typed t using (code)
left join called c using (code)
left join opened o using (code)
left join figures agent on agent.code = a.code and agent.stage = 'agent'
left join figures opd on opd.code = a.code and opd.stage = 'opd'
cross join (select stats_stage_figures(0, 0, 0, 0, null, null, null) as figures) none
order by a.code
