-- Incidents of a page, gathered set by set: 500 rows by incident_json one at a time take four times as long.
-- :status is 'open', one status, or null for all; :unreported true: only those without the operator's final report; :bbox [west, south, east, north] or null; :since by received_at.
with page as materialized (
  select i.id, i.received_at, i.kelurahan_code, i.without_call, i as whole from incident i
  where i.simulated = :simulated::boolean
    and (:status::text is null or (:status::text = 'open' and i.open) or i.status = :status::text)
    and (:unreported::boolean is not true or not exists (select 1 from final_report f where f.incident_id = i.id))
    and (:since::timestamptz is null or i.received_at >= :since::timestamptz)
    and (:bbox::float8[] is null or st_intersects(i.location, st_makeenvelope((:bbox::float8[])[1], (:bbox::float8[])[2], (:bbox::float8[])[3], (:bbox::float8[])[4], 4326)))
  order by i.received_at desc, i.id limit :limit
), names as materialized (
  select code, name, kecamatan from kelurahan
), calls as (
  select c.incident_id, count(*) as call_count from call c where c.incident_id in (select id from page) group by c.incident_id
), heads as (
  -- The few that others were merged into: counted one by one. All others as functions/incident_call_count.sql says, in a set.
  select h.id, incident_call_count(h.id) as call_count from (select distinct m.duplicate_of as id from incident m where m.duplicate_of in (select id from page)) h
), sent as (
  select a.incident_id, jsonb_agg(assignment_json(a) order by a.notified_at, a.id) as assignments
  from assignment a where a.incident_id in (select id from page) group by a.incident_id
)
select incident_row(i.whole, k.name, k.kecamatan, coalesce(h.call_count, coalesce(c.call_count, 0) + i.without_call::int), s.assignments) as incident
from page i left join names k on k.code = i.kelurahan_code left join calls c on c.incident_id = i.id left join heads h on h.id = i.id left join sent s on s.incident_id = i.id
order by i.received_at desc, i.id
