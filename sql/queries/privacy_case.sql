-- What is held of one case, by number; names and number are masked before they leave the server. Called by server/routes/privacy.ts.
select i.id as incident_id, i.number, i.incident_type, i.status, i.received_at, i.open, private_ended_at(i) as ended_at, private_held(i.id) as held,
  p.caller_name, p.caller_number, p.erased_at,
  (select jsonb_build_object('placed_at', k.placed_at, 'placed_by', k.placed_by, 'reason', k.reason) from incident_hold k where k.incident_id = i.id and k.lifted_at is null) as hold,
  coalesce((select jsonb_agg(jsonb_build_object('rule', e.rule, 'at', e.at, 'actor', e.actor, 'reason', e.reason, 'erased', e.erased) order by e.at desc)
    from erasure e where e.incident_id = i.id), '[]') as erasures
from incident i left join incident_private p on p.incident_id = i.id where i.number = :number and i.simulated = :simulated::boolean
