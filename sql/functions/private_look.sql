-- The looks at personal data of a period, newest first: one case (p_incident_id, its calls with it), one account (p_actor), or both null: all. `handled`: whether
-- whoever looked had a part in the case: a line of the log about it is theirs, or their OPD or unit was sent. Null where no case is known, and of
-- looks at these lists, which are no part of any case.
create or replace function private_look(p_incident_id uuid, p_actor text, p_from timestamptz, p_to timestamptz, p_limit integer)
returns table (at timestamptz, actor text, kind text, about text, incident_id uuid, number text, handled boolean) language sql stable as $$
  with looked as materialized (
    select v.id, v.at, v.actor, v.kind, coalesce(v.about, (select k.number from complaint k where k.id = v.complaint_id)) as about, coalesce(v.incident_id, c.incident_id) as incident_id from private_view v left join call c on c.id = v.call_id
    where (p_incident_id is null or v.incident_id = p_incident_id or v.call_id in (select k.id from call k where k.incident_id = p_incident_id))
      and (p_actor is null or v.actor = p_actor) and v.at >= p_from and v.at < p_to
    order by v.at desc, v.id desc limit p_limit
  ), part as materialized (
    select p.actor, p.incident_id, exists (select 1 from event e where e.incident_id = p.incident_id and e.actor = p.actor and e.kind not like 'privacy.%')
      or exists (select 1 from account a join assignment s on s.agency_id = a.agency_id or s.unit_id = a.unit_id
        where a.role || ':' || a.login = p.actor and s.incident_id = p.incident_id) as handled
    from (select distinct l.actor, l.incident_id from looked l where l.incident_id is not null) p
  )
  select l.at, l.actor, l.kind, l.about, l.incident_id, i.number, case when l.kind not in ('held', 'views', 'sent') then p.handled end
  from looked l left join incident i on i.id = l.incident_id left join part p on p.actor = l.actor and p.incident_id = l.incident_id
  order by l.at desc, l.id desc
$$;
