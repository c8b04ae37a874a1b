-- Appends one line to the log: called last in every verb, so that `log_head` is locked for the shortest time and seq has
-- no holes and follows commit order. The hashed text itself is stored; hash = sha256(previous hash || line).
-- p_body carries {before, after, …} without personal data.
create or replace function append_event(
  p_kind text, p_actor text, p_incident_id uuid, p_occurred_at timestamptz, p_recorded_at timestamptz, p_simulated boolean, p_body jsonb
) returns bigint language plpgsql as $$
declare
  v_head log_head;
  v_line text;
begin
  select * into v_head from log_head where id = 1 for update;
  v_line := jsonb_build_object(
    'seq', v_head.seq + 1, 'kind', p_kind, 'actor', p_actor, 'incident_id', p_incident_id,
    'occurred_at', p_occurred_at, 'recorded_at', p_recorded_at, 'simulated', p_simulated, 'body', p_body)::text;
  v_head.hash := encode(sha256(convert_to(v_head.hash || v_line, 'UTF8')), 'hex');
  insert into event (seq, kind, actor, incident_id, occurred_at, recorded_at, simulated, line, hash)
  values (v_head.seq + 1, p_kind, p_actor, p_incident_id, p_occurred_at, p_recorded_at, p_simulated, v_line, v_head.hash);
  update log_head set seq = v_head.seq + 1, hash = v_head.hash where id = 1;
  perform pg_notify('siaga_event', (v_head.seq + 1)::text);
  return v_head.seq + 1;
end $$;
