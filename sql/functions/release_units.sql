-- Ends every active assignment of an incident in the caller's transaction, in line or not, so that no unit stays bound to what is over:
-- those on scene are done (p_finish) or cancelled, the others cancelled. Units that stood in line for another job go on to it; the
-- caller has locked those incidents (waiting_behind) and tells them. Answers the units set free, as on the wire.
create or replace function release_units(p_incident_id uuid, p_finish boolean, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  v_units uuid[];
  v_simulated boolean;
begin
  select simulated into v_simulated from incident where id = p_incident_id;
  with ended as (
    update assignment set
      status = case when p_finish and status = 'on_scene' then 'done' else 'cancelled' end,
      done_at = case when p_finish and status = 'on_scene' then greatest(p_at, notified_at, acknowledged_at, en_route_at, on_scene_at) else done_at end,
      cancelled_at = case when p_finish and status = 'on_scene' then null else p_at end
    where incident_id = p_incident_id and active returning unit_id)
  select array_agg(unit_id) into v_units from ended where unit_id is not null;
  perform promote_queued(v_units, v_simulated, p_at);
  return coalesce((select jsonb_agg(unit_json(u, v_simulated) order by u.callsign) from unit u where u.id = any(v_units)), '[]');
end $$;
