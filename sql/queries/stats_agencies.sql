-- How each agency took the assignments notified in [:from, :to), zeros included, shaped as geo/wire/stats.ts `agencyFigures`. Late
-- entries are left out: their instants are not those of the telling. Called by server/routes/stats.ts.
with told as (
  select a.agency_id, a.status,
    coalesce(a.acknowledged_at, a.en_route_at, a.on_scene_at, a.done_at) as taken_at,
    coalesce(a.acknowledged_at, a.en_route_at, a.on_scene_at, a.done_at, a.declined_at, a.cancelled_at, :now::timestamptz) as until,
    a.notified_at
  from assignment a join incident i on i.id = a.incident_id
  where a.notified_at >= :from::timestamptz and a.notified_at < :to::timestamptz and a.simulated = :simulated::boolean
    and not i.late_entry
),
histogram as (
  select agency_id, stats_seconds(date_part('epoch', until - notified_at)) as seconds,
    count(*) filter (where taken_at is not null) as ended, count(*) filter (where taken_at is null) as censored,
    count(*) filter (where status = 'declined') as declined, count(*) filter (where status = 'notified') as waiting
  from told group by 1, 2
),
figures as (
  select agency_id, sum(ended + censored)::integer as assignments, sum(ended)::integer as acknowledged,
    sum(declined)::integer as declined, sum(waiting)::integer as waiting,
    stats_km_median(array_agg(seconds), array_agg(ended), array_agg(censored)) as median
  from histogram group by agency_id
)
select g.id as agency_id, g.code, g.name, coalesce(f.assignments, 0) as assignments, coalesce(f.acknowledged, 0) as acknowledged,
  coalesce(f.declined, 0) as declined, coalesce(f.waiting, 0) as waiting, f.median as acknowledge_median_seconds
from agency g left join figures f on f.agency_id = g.id
where g.active or f.agency_id is not null
order by g.code
