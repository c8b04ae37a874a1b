-- A request to cancel, without its words: on the wire (geo/wire/supervision.ts), in the log, in live messages.
create or replace function cancellation_json(c cancellation_request) returns jsonb language sql stable as $$
  select jsonb_build_object('id', c.id, 'incident_id', c.incident_id, 'number', i.number, 'status', c.status, 'asked_at', c.asked_at, 'asked_by', c.asked_by,
    'answered_at', c.answered_at, 'answered_by', c.answered_by, 'peer', c.peer)
  from incident i where i.id = c.incident_id
$$;
