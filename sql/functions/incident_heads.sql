-- The incidents that one was merged into, nearest first, locked: what their rows say of calls is about to change. Called by the verbs
-- that attach calls and merge, before they read those rows.
create or replace function incident_heads(p_id uuid) returns uuid[] language plpgsql as $$
declare
  v_id uuid := p_id;
  v_heads uuid[] := '{}';
begin
  loop
    select duplicate_of into v_id from incident where id = v_id;
    exit when v_id is null;
    perform 1 from incident where id = v_id for update;
    v_heads := v_heads || v_id;
  end loop;
  return v_heads;
end $$;
