-- Positions of active units on duty by age (fix_at is by our clock), and what devices sent in the last 10 minutes that was refused. Called for
-- /metrics and /admin#health.
with fix as (
  select u.id, extract(epoch from :now::timestamptz - p.fix_at)::float8 as age
  from unit u left join unit_position p on p.unit_id = u.id and p.simulated = :simulated::boolean
  where u.active and u.duty = 'on'
)
select count(*)::integer as units, count(age)::integer as placed, count(*) filter (where age > 60)::integer as stale, count(*) filter (where age > 600)::integer as lost,
  percentile_cont(0.5) within group (order by greatest(0, age)) as median_age_seconds, max(greatest(0, age)) as oldest_age_seconds,
  (select count(*)::integer from position_source s where s.refused_at > :now::timestamptz - interval '10 minutes' and s.refused_as <> 'duplicate' and s.simulated = :simulated::boolean) as refusing,
  (select jsonb_build_object('callsign', u.callsign, 'reason', s.refused_as) from position_source s join unit u on u.id = s.unit_id
     where s.refused_at > :now::timestamptz - interval '10 minutes' and s.refused_as <> 'duplicate' and s.simulated = :simulated::boolean
     order by s.refused_at desc limit 1) as refused
from fix
