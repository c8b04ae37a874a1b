-- Units by callsign, in service now or bound at the moment (:bound), with duty and crew as they were at :seq: as last said by then, else as the first
-- word after it found them. Bound to nothing: who was sent where stands in the cases. Called by server/replay/past.ts.
select unit_row(u, g, s, null, null) || coalesce(d.duty, '{}') as unit
from unit u
join agency g on g.id = u.agency_id
left join station s on s.id = u.station_id
left join lateral (
  select jsonb_build_object('duty', w.said -> 'duty', 'crew', w.said -> 'crew', 'duty_set_at', w.said -> 'duty_set_at', 'duty_set_by', w.said -> 'duty_set_by') as duty
  from (select coalesce(
    (select e.line::jsonb #> '{body,after}' from event e
     where e.kind = 'unit.duty' and e.line::jsonb #>> '{body,after,id}' = u.id::text and e.seq <= :seq::bigint order by e.seq desc limit 1),
    (select (e.line::jsonb #> '{body,after}') || (e.line::jsonb #> '{body,before}') from event e
     where e.kind = 'unit.duty' and e.line::jsonb #>> '{body,after,id}' = u.id::text and e.seq > :seq::bigint order by e.seq limit 1)) as said) w
  where w.said is not null
) d on true
where u.active or u.id = any (:bound::uuid[])
order by u.callsign
