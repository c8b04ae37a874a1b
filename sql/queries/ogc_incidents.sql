-- A page of incidents as GIS programs read them (geo/wire/ogc.ts), newest first, as a screen sees them: no word of a caller, no address as spoken. `matched` is what the
-- filters let through in all. Called by server/ogc/incidents.ts. :bbox [west, south, east, north], :from and :to (inclusive) by received_at, :id; each may be null.
with found as (
  select i.* from incident i
  where i.simulated = :simulated::boolean
    and (:id::uuid is null or i.id = :id::uuid)
    and (:from::timestamptz is null or i.received_at >= :from::timestamptz)
    and (:to::timestamptz is null or i.received_at <= :to::timestamptz)
    and (:bbox::float8[] is null or st_intersects(i.location, st_makeenvelope((:bbox::float8[])[1], (:bbox::float8[])[2], (:bbox::float8[])[3], (:bbox::float8[])[4], 4326)))
),
page as (
  select * from found order by received_at desc, id limit :limit::integer offset :offset::integer
)
select (select count(*)::integer from found) as matched, coalesce(json_agg(json_build_object('type', 'Feature', 'id', p.id, 'geometry', st_asgeojson(p.location, 6)::json,
  'properties', json_build_object(
    'number', p.number, 'incident_type', p.incident_type, 'priority', p.priority, 'status', p.status, 'accuracy_m', p.accuracy_m,
    'kelurahan_code', p.kelurahan_code, 'kelurahan', k.name, 'kecamatan', k.kecamatan, 'place_label', p.place_label, 'received_at', p.received_at,
    'verified_at', p.verified_at, 'dispatched_at', p.dispatched_at, 'handling_at', p.handling_at, 'on_scene_at', p.on_scene_at, 'resolved_at', p.resolved_at,
    'closed_at', p.closed_at, 'ended_at', p.ended_at, 'late_entry', p.late_entry, 'simulated', p.simulated
  )) order by p.received_at desc, p.id), '[]') as features
from page p left join kelurahan k on k.code = p.kelurahan_code
