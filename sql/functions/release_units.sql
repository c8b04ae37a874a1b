-- Ends every active assignment of an incident in the caller's transaction, so that no unit stays bound to what is over:
-- those on scene are done (p_finish) or cancelled, the others cancelled. Answers the units set free, as on the wire.
create or replace function release_units(p_incident_id uuid, p_finish boolean, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  v_units uuid[];
begin
  with ended as (
    update assignment set
      status = case when p_finish and status = 'on_scene' then 'done' else 'cancelled' end,
      done_at = case when p_finish and status = 'on_scene' then p_at else done_at end,
      cancelled_at = case when p_finish and status = 'on_scene' then null else p_at end
    where incident_id = p_incident_id and active returning unit_id)
  select array_agg(unit_id) into v_units from ended where unit_id is not null;
  return coalesce((select jsonb_agg(unit_json(u, i.simulated) order by u.callsign) from unit u, incident i where u.id = any(v_units) and i.id = p_incident_id), '[]');
end $$;
