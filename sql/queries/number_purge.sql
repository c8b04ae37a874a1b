-- Blocks that are over; hashes of numbers that pranked nobody within a day, and of those that did after 30 days. Called by server/jobs/housekeeping.ts.
with over as (
  delete from number_block where expires_at <= :now::timestamptz
)
update call_private p set number_hash = null
from call c
where c.id = p.call_id and p.number_hash is not null
  and c.rang_at < :now::timestamptz - case when c.kind in ('prank', 'ghost') then interval '30 days' else interval '1 day' end
