-- The head of the log at :at, the last line that everything before it was recorded with by then; its hash; whether the city or its master data changed
-- since; and since when the log and the positions are kept. Called by server/replay/past.ts.
-- Lines are numbered as they were committed and may have been stamped a little out of order: the first later one is among the next thousand.
with first as (
  select recorded_at from event order by seq limit 1
), head as (
  select case when :at::timestamptz < (select recorded_at from first) then 0 else coalesce((select min(later.seq) - 1 from (
    select seq from event where recorded_at > :at::timestamptz and actor not in ('demo:history', 'demo:opening') order by recorded_at limit 1000) later),
    (select seq from log_head where id = 1)) end as seq
)
select h.seq, coalesce(e.hash, repeat('0', 64)) as hash, (select log_id from log_head where id = 1) as log_id,
  (select max(c.seq) from event c where split_part(c.kind, '.', 1) = 'city' and c.incident_id is null and c.seq <= h.seq) as city_before,
  (select max(c.seq) from event c where split_part(c.kind, '.', 1) = 'city' and c.incident_id is null and c.seq > h.seq) as city_since,
  (select recorded_at::text from first) as log_since,
  replay_positions_since(:simulated::boolean)::text as positions_since
from head h left join event e on e.seq = h.seq
