-- Appends a line for each incident whose unit in line moved up (assignment.promoted) or stands behind another job now
-- (assignment.requeued), because of what was done to p_because. Called last. Answers the last seq; null for none.
create or replace function line_tell(p_kind text, p_ids uuid[], p_because uuid, p_actor text, p_at timestamptz, p_now timestamptz) returns bigint language plpgsql as $$
declare
  v_id uuid;
  v_after jsonb;
  v_simulated boolean;
  v_seq bigint;
begin
  foreach v_id in array p_ids loop
    select incident_json(i), i.simulated into v_after, v_simulated from incident i where i.id = v_id;
    v_seq := append_event(p_kind, p_actor, v_id, p_at, p_now, v_simulated, jsonb_build_object(
      'before', '{}'::jsonb, 'after', v_after, 'because_of', p_because,
      'units', coalesce((select jsonb_agg(unit_json(u, v_simulated) order by u.callsign) from unit u
        where u.id in (select a.unit_id from assignment a where a.incident_id = v_id and a.active)), '[]')));
  end loop;
  return v_seq;
end $$;
