-- A call as on the wire and in the log: without the caller's number.
create or replace function call_json(c call) returns jsonb language sql stable as $$
  select jsonb_build_object('id', c.id, 'rang_at', c.rang_at, 'answered_at', c.answered_at, 'ended_at', c.ended_at, 'line', c.line,
    'number_hidden', c.number_hidden, 'kind', c.kind, 'incident_id', c.incident_id, 'simulated', c.simulated, 'rings', c.rings, 'answered_by', c.answered_by,
    'blocked_until', c.blocked_until, 'pranks_today', c.pranks_today, 'pranks_30d', c.pranks_30d)
$$;
