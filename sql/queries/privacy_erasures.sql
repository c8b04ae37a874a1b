-- The newest erasures, without words; what the retention erased on one WIB day is one row. Called by server/routes/privacy.ts.
with recent as (
  select e.*, case when e.rule = 'retention' then to_char(e.at at time zone 'Asia/Jakarta', 'YYYY-MM-DD') else e.id::text end as batch
  from erasure e where e.at > (select max(at) from erasure) - interval '60 days'
), store as (
  select r.batch, r.period, s.key, sum(s.value::bigint) as n from recent r cross join jsonb_each_text(r.erased) s group by r.batch, r.period, s.key
)
select r.rule, r.period, sum(r.cases)::integer as cases, max(r.at) as at, min(r.actor) as actor, min(i.number) as number,
  coalesce((select jsonb_object_agg(s.key, s.n) from store s where s.batch = r.batch and s.period is not distinct from r.period), '{}') as erased
from recent r left join incident i on i.id = r.incident_id group by r.batch, r.rule, r.period order by max(r.at) desc, r.batch limit :limit::integer
