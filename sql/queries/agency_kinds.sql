-- Every kind that some active agency has: whether its units are followed, how old a position may be, and what its units can do, with how many active
-- units can do each. Called by server/city/model.ts.
select g.kind, bool_or(g.tracked) as tracked, coalesce(k.position_age_limit_seconds, :default_limit::integer) as position_age_limit_seconds,
  k.set_at is null as built_in,
  (select count(*)::integer from unit u join agency a on a.id = u.agency_id where u.active and a.kind = g.kind) as unit_count,
  coalesce((select jsonb_object_agg(c.capability, c.n) from (
    select capability, count(*)::integer as n from unit u join agency a on a.id = u.agency_id cross join unnest(u.capabilities) as capability
    where u.active and a.kind = g.kind group by capability) c), '{}') as capabilities
from agency g left join agency_kind k on k.kind = g.kind
where g.active
group by g.kind, k.position_age_limit_seconds, k.set_at order by g.kind
