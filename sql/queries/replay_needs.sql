-- Needs of types that were set after :seq, the first word after it for each: the list it found, and whose that was. Called by server/replay/past.ts.
select distinct on (e.line::jsonb #>> '{body,incident_type}') e.line::jsonb #>> '{body,incident_type}' as incident_type, e.line::jsonb #> '{body,before,needs}' as needs,
  coalesce((select (b.line::jsonb #>> '{body,built_in}')::boolean from event b where split_part(b.kind, '.', 1) = 'masterdata' and b.incident_id is null and b.kind = 'masterdata.needs_set'
    and b.seq < e.seq and b.line::jsonb #>> '{body,incident_type}' = e.line::jsonb #>> '{body,incident_type}' order by b.seq desc limit 1), true) as built_in
from event e
where split_part(e.kind, '.', 1) = 'masterdata' and e.incident_id is null and e.kind = 'masterdata.needs_set' and e.seq > :seq::bigint
order by 1, e.seq
