-- Appends a line for each incident whose number of calls changed by something done to another one (a merge, its undo, a call of a
-- merged one), so that every picture shows the new count at once. p_counts: its call_count before, by id. Answers the last seq.
create or replace function incident_tell(p_kind text, p_ids uuid[], p_counts jsonb, p_because uuid, p_actor text, p_now timestamptz) returns bigint language plpgsql as $$
declare
  v_id uuid;
  v_after jsonb;
  v_seq bigint;
begin
  foreach v_id in array p_ids loop
    select incident_json(i) into v_after from incident i where i.id = v_id;
    v_seq := append_event(p_kind, p_actor, v_id, p_now, p_now, (v_after ->> 'simulated')::boolean,
      jsonb_build_object('before', jsonb_build_object('call_count', p_counts -> v_id::text), 'after', v_after, 'because_of', p_because));
  end loop;
  return v_seq;
end $$;
