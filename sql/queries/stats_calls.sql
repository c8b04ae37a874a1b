-- Every call of a period [:from, :to) by rang_at, whatever it was, shaped as geo/wire/stats.ts `callFigures`: the denominator that maps do not
-- show. `in_15` and `in_20` are answered within so many seconds of those that a PBX told of and that rang unblocked. Called by server/routes/stats.ts.
with called as (
  select c.*, case when answered_at is not null then extract(epoch from answered_at - rang_at) end as waited,
    rings and blocked_until is null as owed
  from call c
  where c.rang_at >= :from::timestamptz and c.rang_at < :to::timestamptz and c.simulated = :simulated::boolean
)
select count(*)::integer as calls,
  count(*) filter (where kind = 'real')::integer as real, count(*) filter (where kind = 'information')::integer as information,
  count(*) filter (where kind = 'prank')::integer as prank, count(*) filter (where kind = 'ghost')::integer as ghost,
  count(*) filter (where kind = 'test')::integer as test, count(*) filter (where kind is null)::integer as unsorted,
  count(*) filter (where number_hidden)::integer as hidden, count(*) filter (where blocked_until is not null)::integer as blocked,
  count(*) filter (where rings and answered_at is null and ended_at is not null)::integer as unanswered,
  count(*) filter (where incident_id is not null)::integer as about_incidents,
  count(*) filter (where owed and (waited is not null or ended_at is not null))::integer as n,
  count(*) filter (where owed and waited <= 15)::integer as in_15, count(*) filter (where owed and waited <= 20)::integer as in_20
from called
