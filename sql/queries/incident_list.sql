-- Incidents of a page, set by set (500 rows by incident_json one at a time take four times as long; the row must stay what that function makes).
-- :status is 'open', one status, or null for all; :bbox [west, south, east, north] or null; :since by received_at.
with page as materialized (
  select i.* from incident i
  where i.simulated = :simulated::boolean
    and (:status::text is null or (:status::text = 'open' and i.open) or i.status = :status::text)
    and (:since::timestamptz is null or i.received_at >= :since::timestamptz)
    and (:bbox::float8[] is null or st_intersects(i.location, st_makeenvelope((:bbox::float8[])[1], (:bbox::float8[])[2], (:bbox::float8[])[3], (:bbox::float8[])[4], 4326)))
  order by i.received_at desc, i.id limit :limit
), names as materialized (
  select code, name, kecamatan from kelurahan
), calls as (
  select c.incident_id, count(*) as call_count from call c where c.incident_id in (select id from page) group by c.incident_id
), sent as (
  select a.incident_id, jsonb_agg(assignment_json(a) order by a.notified_at, a.id) as assignments
  from assignment a where a.incident_id in (select id from page) group by a.incident_id
)
select jsonb_build_object(
    'id', i.id, 'number', i.number, 'incident_type', i.incident_type, 'priority', i.priority, 'status', i.status,
    'location', st_asgeojson(i.location, 7)::jsonb, 'accuracy_m', i.accuracy_m,
    'kelurahan_code', i.kelurahan_code, 'kelurahan', k.name, 'kecamatan', k.kecamatan,
    'inside_city', i.inside_city, 'place_label', i.place_label, 'number_hidden', i.number_hidden,
    'received_at', i.received_at, 'verified_at', i.verified_at, 'dispatched_at', i.dispatched_at, 'handling_at', i.handling_at,
    'on_scene_at', i.on_scene_at, 'resolved_at', i.resolved_at, 'closed_at', i.closed_at, 'ended_at', i.ended_at,
    'handed_over_to', i.handed_over_to, 'late_entry', i.late_entry, 'offline_entry', i.offline_entry, 'duplicate_of', i.duplicate_of,
    'call_count', coalesce(c.call_count, 0), 'simulated', i.simulated, 'assignments', coalesce(s.assignments, '[]')) as incident
from page i left join names k on k.code = i.kelurahan_code left join calls c on c.incident_id = i.id left join sent s on s.incident_id = i.id
order by i.received_at desc, i.id
