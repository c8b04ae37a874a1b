-- Open incidents near in space and time, for server/verbs/find_duplicates.ts to judge.
select i.id as incident_id, i.number, i.incident_type, i.accuracy_m, st_distance(i.location::geography, t.location::geography) as distance_m,
  extract(epoch from t.received_at - i.received_at) as age_seconds
from incident t join incident i on i.open and i.id <> t.id and i.simulated = t.simulated
  and st_dwithin(i.location, t.location, 0.02) and i.received_at between t.received_at - interval '2 hours' and t.received_at + interval '10 minutes'
where t.id = :id::uuid order by distance_m limit 10
