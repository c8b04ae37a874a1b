-- What crews of a kind took from notified to on scene, first to arrive in each case notified in [:from, :to): late entries, cases cancelled or
-- merged, and crews that had waited in line are left out. `hour` in WIB, of the notifying. Called by server/stats/coverage_achieved.ts.
select distinct on (a.incident_id) st_x(i.location) as lon, st_y(i.location) as lat, greatest(date_part('epoch', a.on_scene_at - a.notified_at), 0) as seconds,
  date_part('hour', a.notified_at at time zone 'Asia/Jakarta')::integer as hour
from assignment a
join incident i on i.id = a.incident_id
join agency g on g.id = a.agency_id
where g.kind = :agency_kind and a.simulated = :simulated::boolean and a.on_scene_at is not null and a.promoted_at is null and a.queued_behind is null
  and a.notified_at >= :from::timestamptz and a.notified_at < :to::timestamptz and not i.late_entry and i.status not in ('cancelled', 'duplicate')
  and i.kelurahan_code is not null
order by a.incident_id, a.on_scene_at
