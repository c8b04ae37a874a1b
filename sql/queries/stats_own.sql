-- What agencies or units (:by) did themselves on the incidents of [:from, :to), as geo/wire/performance.ts `performanceRow.own`. Late entries are left out: their
-- instants are not those of the telling. Called by server/stats/performance.ts. `clock` is notified to done, 35 min; of the parts 'turnout' is notified to
-- en route, 'travel' en route to on scene, 'on_scene' on scene to done. What was declined or called back is censored then, and no part of the clock.
with mine as (
  select case :by::text when 'agency' then a.agency_id else a.unit_id end::text as key, a.*,
    a.status in ('declined', 'cancelled') as given_up, coalesce(a.done_at, a.declined_at, a.cancelled_at, :now::timestamptz) as until
  from assignment a join incident_figure i on i.incident_id = a.incident_id
  where i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz and i.simulated = :simulated::boolean and i.counted and not i.late_entry
    and (:by::text = 'agency' or a.unit_id is not null)
),
part as (
  select m.key, p.part, p.began, p.ended, p.over, case when p.ended then p.ended_at else m.until end - p.began_at as lasted
  from mine m
  cross join lateral (values
    ('clock', not m.given_up, m.notified_at, m.done_at is not null, m.done_at, m.status = 'done'),
    ('acknowledge', true, m.notified_at, coalesce(m.acknowledged_at, m.en_route_at, m.on_scene_at, m.done_at) is not null,
      coalesce(m.acknowledged_at, m.en_route_at, m.on_scene_at, m.done_at), m.status = 'done'),
    ('turnout', true, m.notified_at, m.en_route_at is not null, m.en_route_at, m.status in ('on_scene', 'done')),
    ('travel', m.en_route_at is not null, m.en_route_at, m.on_scene_at is not null, m.on_scene_at, m.status = 'done'),
    ('on_scene', m.on_scene_at is not null, m.on_scene_at, m.done_at is not null, m.done_at, m.status = 'done')
  ) p (part, began, began_at, ended, ended_at, over)
  where p.began
),
histogram as (
  -- Over without the instant that ends it: missing.
  select key, part, case when ended or not over then stats_seconds(date_part('epoch', lasted)) end as seconds,
    count(*) filter (where ended) as ended, count(*) filter (where not ended and not over) as open, count(*) filter (where not ended and over) as missing,
    count(*) filter (where (ended or not over) and date_part('epoch', lasted) > stats_limit_seconds('opd')) as late,
    count(*) filter (where not ended and not over and date_part('epoch', lasted) > stats_limit_seconds('opd')) as open_late
  from part group by 1, 2, 3
),
figures as (
  select key, part, sum(ended)::bigint as n, sum(open)::bigint as open, sum(missing)::bigint as missing, sum(late)::bigint as late, sum(open_late)::bigint as open_late,
    array_agg(seconds) filter (where seconds is not null) as seconds, array_agg(ended) filter (where seconds is not null) as ended,
    array_agg(open) filter (where seconds is not null) as censored
  from histogram group by 1, 2
),
counted as (
  select key, count(*)::integer as assignments, count(*) filter (where status = 'declined')::integer as declined,
    count(*) filter (where status = 'cancelled')::integer as cancelled
  from mine group by key
)
select c.key, c.assignments, c.declined, c.cancelled,
  (select stats_stage_performance(f.n + f.open_late, f.late, f.open - f.open_late, f.missing, f.seconds, f.ended, f.censored)
    from (values ('clock')) k (part) left join figures f on f.key = c.key and f.part = k.part) as clock,
  (select jsonb_object_agg(k.part, stats_part_performance(f.n, f.open, f.missing, f.seconds, f.ended, f.censored))
    from unnest(array['acknowledge', 'turnout', 'travel', 'on_scene']) k (part) left join figures f on f.key = c.key and f.part = k.part) as parts
from counted c
