-- Cases that may have been open at :at, each as the log had it by :seq (what the demo wrote with a passed clock: by that clock); and where each
-- lies by the city of now. Called by server/replay/past.ts, which leaves out those that were over.
select e.seq, e.line::jsonb #> '{body,after}' as incident,
  jsonb_build_object('kelurahan_code', i.kelurahan_code, 'kelurahan', k.name, 'kecamatan', k.kecamatan, 'inside_city', i.inside_city,
    'location', st_asgeojson(i.location, 7)::jsonb) as placed
from incident i
cross join lateral (
  select seq, line from event e
  where e.incident_id = i.id and split_part(e.kind, '.', 1) in ('incident', 'assignment')
    and case when e.actor in ('demo:history', 'demo:opening') then e.recorded_at <= :at::timestamptz else e.seq <= :seq::bigint end
  order by e.seq desc limit 1
) e
left join kelurahan k on k.code = i.kelurahan_code
where i.simulated = :simulated::boolean
  and tstzrange(least(i.created_at, coalesce(i.closed_at, i.ended_at)), coalesce(i.closed_at, i.ended_at), '[]')
    && tstzrange(:at::timestamptz - interval '10 minutes', :at::timestamptz + interval '10 minutes', '[]')
order by i.received_at
