-- A message to the data centre as on the wire (geo/wire/outbox.ts).
create or replace function outbox_json(m outbox_message) returns jsonb language sql stable as $$
  select jsonb_build_object('id', m.id, 'ord', m.ord, 'incident_id', m.incident_id, 'number', (select number from incident where id = m.incident_id),
    'simulated', m.simulated, 'reason', m.reason, 'status', m.status, 'created_at', m.created_at, 'tries', m.tries,
    'next_try_at', case when m.status = 'pending' then m.next_try_at end, 'last_try_at', m.last_try_at, 'last_status', m.last_status,
    'last_error', m.last_error, 'sent_at', m.sent_at)
$$;
