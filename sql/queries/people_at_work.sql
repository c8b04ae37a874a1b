-- Who is at work (functions/working.sql), the last thing each did, and the open cases he answers for. Called by server/routes/supervision.ts.
select w.actor, w.role, w.login, w.agency, w.since, w.seen_at, e.kind as last_kind, e.recorded_at as last_at,
  coalesce((select jsonb_agg(i.id order by i.received_at) from incident i where i.open and i.simulated = :simulated::boolean and coalesce(i.handler, i.created_by) = w.actor), '[]') as cases
from working(:now::timestamptz) w
left join lateral (select kind, recorded_at from event where actor = w.actor order by seq desc limit 1) e on true
order by array_position(array['supervisor', 'admin', 'operator'], w.role) nulls last, w.actor
