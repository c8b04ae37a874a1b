-- Closures as last told by :seq. Called by server/replay/past.ts.
select line::jsonb #> '{body,closures}' as closures from event
where split_part(kind, '.', 1) = 'closure' and incident_id is null and seq <= :seq::bigint and simulated = :simulated::boolean order by seq desc limit 1
