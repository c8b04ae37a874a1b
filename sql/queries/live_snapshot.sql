-- The whole picture in one statement, so that it is of one moment: a row for the head of the log, each open case, unit and waiting call, and one each
-- for what changes seldom. `text` is JSON, so that nobody must write thousands of cases again. Cases are gathered set by set like
-- queries/incident_list.sql: the same rows as incident_json, in a fraction of the time. Called by server/live/snapshot.ts.
with shown as materialized (
  select i.id, i.received_at, i.kelurahan_code, i.without_call, i as whole from incident i where i.open and i.simulated = :simulated::boolean
), names as materialized (
  select code, name, kecamatan from kelurahan
), calls as (
  select c.incident_id, count(*) as call_count from call c where c.incident_id in (select id from shown) group by c.incident_id
), heads as (
  select h.id, incident_call_count(h.id) as call_count from (select distinct m.duplicate_of as id from incident m where m.duplicate_of in (select id from shown)) h
), sent as (
  select a.incident_id, jsonb_agg(assignment_json(a) order by a.notified_at, a.id) as assignments
  from assignment a where a.incident_id in (select id from shown) group by a.incident_id
), helped as (
  select h.id, help_json(h.id) as help from (select distinct r.incident_id as id from help_request r where r.incident_id in (select id from shown)) h
)
select 'head' as part, '' as id, h.seq::text as text from log_head h where h.id = 1
union all
(select 'incident', i.id::text, (incident_row(i.whole, k.name, k.kecamatan, coalesce(n.call_count, coalesce(c.call_count, 0) + i.without_call::int), s.assignments)
   || coalesce(p.help, '{}'))::text
 from shown i left join names k on k.code = i.kelurahan_code left join calls c on c.incident_id = i.id left join heads n on n.id = i.id
   left join sent s on s.incident_id = i.id left join helped p on p.id = i.id order by i.received_at, i.id)
union all
(select 'unit', u.id::text, unit_json(u, :simulated::boolean)::text from unit u
 where u.active or exists (select 1 from assignment a where a.unit_id = u.id and a.active and a.simulated = :simulated::boolean) order by u.callsign)
union all
-- Those that wait for a desk, or for a word from the one that took them; the oldest first.
(select 'call', w.id::text, call_json(w)::text from (
   select * from call c where c.rings and c.kind is null and c.incident_id is null and c.simulated = :simulated::boolean order by c.rang_at desc limit 500) w order by w.rang_at, w.id)
union all
select 'agencies', '', coalesce((
  select jsonb_agg(jsonb_build_object('id', id, 'code', code, 'name', name, 'kind', kind, 'phone', phone, 'tracked', tracked) order by code) from agency where active), '[]')::text
union all
select 'stations', '', coalesce((select jsonb_agg(station_json(s) order by s.code) from station s where s.active), '[]')::text
union all
select 'closures', '', coalesce((
  select jsonb_agg(closure_json(c) order by c.starts_at) from closure c
  where c.deleted_at is null and c.ends_at > :now::timestamptz and c.simulated = :simulated::boolean), '[]')::text
