-- What a restore would take the place of. Called by server/backup/restore.ts.
select h.log_id, h.seq, h.hash,
  (select count(*) from incident) as incidents, (select count(*) from call) as calls, (select count(*) from account) as accounts,
  exists (select 1 from incident where not simulated) or exists (select 1 from call where not simulated) as real,
  exists (select 1 from incident where simulated) or exists (select 1 from call where simulated) as simulated
from log_head h where h.id = 1
