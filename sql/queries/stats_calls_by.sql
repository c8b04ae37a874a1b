-- Calls of [:from, :to) by rang_at and group (:by 'total', 'shift', 'hour', 'weekday', or 'operator': who answered), as geo/wire/performance.ts
-- `callPerformance`. Answers are those of calls that a PBX told of and that rang unblocked, as stats_calls has them. Called by server/stats/performance.ts.
with called as (
  select stats_key(:by::text, c.rang_at, null, null, null, coalesce(c.answered_by, case when not c.rings then c.created_by end)) as key, c.kind,
    c.rings and c.blocked_until is null as owed, c.answered_at is not null as answered, c.ended_at is not null as ended,
    date_part('epoch', c.answered_at - c.rang_at) as waited,
    stats_seconds(date_part('epoch', coalesce(c.answered_at, c.ended_at, :now::timestamptz) - c.rang_at)) as seconds
  from call c
  where c.rang_at >= :from::timestamptz and c.rang_at < :to::timestamptz and c.simulated = :simulated::boolean
),
alike as (
  select coalesce(o.login, c.key) as key, c.seconds, c.calls, c.unsorted, c.prank, c.ghost, c.answered, c.unanswered, c.waiting, c.in_15, c.in_20
  from (
    select key, case when owed then seconds end as seconds, count(*) as calls, count(*) filter (where kind is null) as unsorted,
      count(*) filter (where kind = 'prank') as prank, count(*) filter (where kind = 'ghost') as ghost,
      count(*) filter (where owed and answered) as answered, count(*) filter (where owed and not answered and ended) as unanswered,
      count(*) filter (where owed and not answered and not ended) as waiting,
      count(*) filter (where owed and waited <= 15) as in_15, count(*) filter (where owed and waited <= 20) as in_20
    from called group by 1, 2
  ) c
  left join account o on :by::text = 'operator' and o.login = split_part(c.key, ':', 2)
)
select key, stats_call_performance(
    sum(calls)::bigint, sum(unsorted)::bigint, sum(prank)::bigint, sum(ghost)::bigint, sum(answered)::bigint, sum(unanswered)::bigint, sum(in_15)::bigint, sum(in_20)::bigint,
    array_agg(seconds) filter (where seconds is not null), array_agg(answered) filter (where seconds is not null),
    array_agg(unanswered + waiting) filter (where seconds is not null)
  ) as calls
from alike group by key
