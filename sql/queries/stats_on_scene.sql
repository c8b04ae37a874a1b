-- Median seconds on scene per incident type over the 12 months before :now, with its n: from an assignment's on_scene_at
-- to its done_at; those on scene now are censored, n counts the done. Types without a case are absent.
-- Called by server/city/incident_types.ts, which leaves the median out under n = 5.
with spent as (
  select i.incident_type, stats_seconds(date_part('epoch', coalesce(a.done_at, :now::timestamptz) - a.on_scene_at)) as seconds,
    count(*) filter (where a.done_at is not null) as ended, count(*) filter (where a.done_at is null) as censored
  from assignment a join incident i on i.id = a.incident_id
  where i.received_at >= :now::timestamptz - interval '12 months' and i.received_at <= :now::timestamptz
    and i.simulated = :simulated::boolean and i.status not in ('cancelled', 'duplicate')
    and a.on_scene_at is not null and a.status in ('on_scene', 'done')
  group by 1, 2
)
select incident_type,
  stats_km_median(array_agg(seconds), array_agg(ended), array_agg(censored)) as median_seconds,
  sum(ended)::integer as n
from spent group by incident_type order by incident_type
