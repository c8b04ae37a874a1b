-- Blocks in force, the longest first: no number, no hash. `calls` rang while it was in force, `pranks_30d` as the desks count them. Called by server/routes/blocks.ts.
select b.id, b.call_id, b.blocked_at, b.expires_at, b.blocked_by, c.rang_at, c.line, c.kind,
  (select count(*)::integer from call_private p join call k on k.id = p.call_id where p.number_hash = b.number_hash and k.simulated = b.simulated and k.rang_at > b.blocked_at) as calls,
  (select count(*)::integer from call_private p join call k on k.id = p.call_id where p.number_hash = b.number_hash and k.simulated = b.simulated
    and k.kind in ('prank', 'ghost') and k.rang_at > :now::timestamptz - interval '30 days') as pranks_30d
from number_block b join call c on c.id = b.call_id
where b.simulated = :simulated::boolean and b.expires_at > :now::timestamptz
order by b.expires_at desc, b.id
