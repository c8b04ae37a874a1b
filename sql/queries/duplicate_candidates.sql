-- Open incidents that a report at :lon, :lat may repeat, for geo/duplicate/probability.ts to judge, and how many began in the hour before :at.
-- :id is the report itself once it is recorded (null while it is typed): it, and those it is said not to repeat, are left out.
-- Beyond :reach_m plus :reaches times its own accuracy nothing can be the same; no longer than :hours apart.
with report as (
  select st_setsrid(st_makepoint(:lon::float8, :lat::float8), 4326) as location, :at::timestamptz as at
), recent as materialized (
  select count(*) as last_hour from incident n, report r
  where n.simulated = :simulated::boolean and n.received_at > r.at - interval '1 hour' and n.received_at <= r.at and n.id is distinct from :id::uuid
)
select i.id as incident_id, i.number, i.incident_type, i.status, i.place_label, i.received_at, i.accuracy_m,
  st_distance(i.location::geography, r.location::geography) as distance_m, extract(epoch from r.at - i.received_at) as age_seconds,
  recent.last_hour
from recent cross join report r join incident i on i.open and i.simulated = :simulated::boolean and i.id is distinct from :id::uuid
  and i.received_at between r.at - make_interval(hours => :hours::integer) and r.at + make_interval(hours => :hours::integer)
  and st_distance(i.location, r.location) < (:reach_m::float8 + :reaches::float8 * i.accuracy_m) / 110000
  and not exists (select 1 from not_duplicate n where n.a = least(i.id, :id::uuid) and n.b = greatest(i.id, :id::uuid))
