-- Who is at work: people whose session was used, or whose page was open, within five minutes. Called by queries/people_at_work.sql, handler_set, cancellation_answer.
create or replace function working(p_now timestamptz)
returns table (actor text, role text, login text, agency text, since timestamptz, seen_at timestamptz) language sql stable as $$
  select c.role || ':' || coalesce(a.login, left(c.id::text, 8)), c.role, a.login, g.code, min(c.created_at), max(greatest(c.last_seen_at, c.online_at))
  from credential c
  left join credential p on p.id = c.parent_id
  left join account a on a.id = c.account_id
  left join agency g on g.id = c.agency_id
  where c.kind in ('session', 'token') and c.role not in ('screen', 'integration') and greatest(c.last_seen_at, c.online_at) > p_now - interval '5 minutes'
    and c.revoked_at is null and (c.expires_at is null or c.expires_at > p_now) and (p.id is null or p.revoked_at is null) and (a.id is null or a.active)
  group by 1, 2, 3, 4
$$;
