-- Lines of the log behind :since in order, by batches, for `npm run audit:verify`. :previous is the hash of line :since.
-- `chained`: the hash is that of the previous hash and this text. `differing`: names of columns that tell something else
-- than the hashed text; null when none does, and when the text is not what was hashed: it may then be no JSON at all.
-- Beside each line, and alone behind the last, stands the head of the log at the same moment; no row: there is no head.
select head.seq as head_seq, head.hash as head_hash, line.seq, line.hash, line.chained,
  case when line.chained then (
    select string_agg(name, ', ')
    from (select line.line::jsonb as said offset 0) hashed,
    lateral (values
      ('seq', (said ->> 'seq')::bigint is distinct from line.seq),
      ('kind', said ->> 'kind' is distinct from line.kind),
      ('actor', said ->> 'actor' is distinct from line.actor),
      ('incident_id', (said ->> 'incident_id')::uuid is distinct from line.incident_id),
      ('occurred_at', (said ->> 'occurred_at')::timestamptz is distinct from line.occurred_at),
      ('recorded_at', (said ->> 'recorded_at')::timestamptz is distinct from line.recorded_at),
      ('simulated', (said ->> 'simulated')::boolean is distinct from line.simulated)) as compared (name, differs)
    where differs) end as differing
from log_head head
left join (
  select batch.*,
    hash = encode(sha256(convert_to(lag(hash, 1, :previous::text) over (order by seq) || line, 'UTF8')), 'hex') as chained
  from (select * from event where seq > :since order by seq limit :limit) batch) line on true
where head.id = 1
order by line.seq
