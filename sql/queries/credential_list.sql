-- Who is let in now, by token or session, newest first. For `npm run token -- --list`.
select c.id, c.kind, c.role, c.label, g.code as agency, u.callsign as unit, c.created_at, c.expires_at
from credential c left join agency g on g.id = c.agency_id left join unit u on u.id = c.unit_id left join credential p on p.id = c.parent_id
where c.kind <> 'link' and c.revoked_at is null and (p.id is null or p.revoked_at is null) and (c.expires_at is null or c.expires_at > :now::timestamptz)
order by c.created_at desc, c.id
