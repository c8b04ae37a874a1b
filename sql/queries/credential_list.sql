-- Who is let in now, by token or session, newest first. For `npm run token -- --list`.
select c.id, c.kind, c.role, coalesce(a.login, c.label) as label, g.code as agency, u.callsign as unit, c.created_at, c.expires_at
from credential c left join agency g on g.id = c.agency_id left join unit u on u.id = c.unit_id left join credential p on p.id = c.parent_id
left join account a on a.id = c.account_id
where c.kind <> 'link' and c.revoked_at is null and (p.id is null or p.revoked_at is null) and (a.id is null or a.active) and (c.expires_at is null or c.expires_at > :now::timestamptz)
  and (c.idle_seconds is null or coalesce(c.last_seen_at, c.created_at) + make_interval(secs => c.idle_seconds) > :now::timestamptz)
order by c.created_at desc, c.id
