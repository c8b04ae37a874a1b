-- Incidents of a page, gathered set by set: 500 rows by incident_json one at a time take four times as long.
-- :status is 'open', one status, or null for all; :bbox [west, south, east, north] or null; :since by received_at.
with recursive page as materialized (
  select i.id, i.received_at, i.kelurahan_code, i.without_call, i as whole from incident i
  where i.simulated = :simulated::boolean
    and (:status::text is null or (:status::text = 'open' and i.open) or i.status = :status::text)
    and (:since::timestamptz is null or i.received_at >= :since::timestamptz)
    and (:bbox::float8[] is null or st_intersects(i.location, st_makeenvelope((:bbox::float8[])[1], (:bbox::float8[])[2], (:bbox::float8[])[3], (:bbox::float8[])[4], 4326)))
  order by i.received_at desc, i.id limit :limit
), names as materialized (
  select code, name, kecamatan from kelurahan
), member as (
  -- Each incident with all that was merged into it: see functions/incident_call_count.sql.
  select id as head, id, without_call from page
  union all
  select m.head, i.id, i.without_call from incident i join member m on i.duplicate_of = m.id
), calls as (
  select m.head, sum((select count(*) from call c where c.incident_id = m.id) + m.without_call::int)::bigint as call_count from member m group by m.head
), sent as (
  select a.incident_id, jsonb_agg(assignment_json(a) order by a.notified_at, a.id) as assignments
  from assignment a where a.incident_id in (select id from page) group by a.incident_id
)
select incident_row(i.whole, k.name, k.kecamatan, c.call_count, s.assignments) as incident
from page i left join names k on k.code = i.kelurahan_code left join calls c on c.head = i.id left join sent s on s.incident_id = i.id
order by i.received_at desc, i.id
