-- Why cases of a period (by received_at) that are over are looked at by rule: a row for each case and reason. Called by review_draw.
create or replace function review_reasons(p_from timestamptz, p_to timestamptz, p_simulated boolean) returns table (incident_id uuid, reason text) language sql stable as $$
  with over as materialized (
    select i.* from incident i where i.received_at >= p_from and i.received_at < p_to and i.simulated = p_simulated and i.status in ('closed', 'cancelled', 'handed_over')
  ), said as materialized (
    select e.kind, e.incident_id, e.line::jsonb -> 'body' as body from event e
    where e.recorded_at >= p_from and e.recorded_at < p_to + interval '7 days' and e.simulated = p_simulated
      and e.kind in ('assignment.declined', 'incident.duplicate_undone', 'call.updated')
  )
  select o.id, 'both_breached' from over o where o.dispatched_at - o.received_at > interval '5 minutes' and o.resolved_at - o.dispatched_at > interval '35 minutes'
  union select o.id, 'override' from over o join dispatch_decision d on d.incident_id = o.id where d.outcome = 'other'
  union select o.id, 'declined_by_all' from over o join said s on s.incident_id = o.id where s.kind = 'assignment.declined' and s.body #>> '{after,status}' = 'verified'
  union select o.id, 'reopened' from over o join said s on s.incident_id = o.id where s.kind = 'incident.duplicate_undone'
  union select o.id, 'cancelled_sent' from over o where o.status = 'cancelled' and exists (select 1 from assignment a where a.incident_id = o.id)
  union select o.id, 'peer_cancelled' from over o join cancellation_request c on c.incident_id = o.id where c.peer and c.status = 'approved'
  union select o.id, 'prank_reversed' from over o join call k on k.incident_id = o.id
    join said s on s.kind = 'call.updated' and (s.body #>> '{after,id}')::uuid = k.id where s.body #>> '{before,kind}' in ('prank', 'ghost')
$$;
