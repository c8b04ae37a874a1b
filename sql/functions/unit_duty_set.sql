-- Verb: duty and crew of one unit as its OPD or its own crew says they are (PATCH /api/units/:id). p_input {duty?, crew?}; the scopes are null for those who may
-- set any. Told to nobody when nothing changes. A unit that is on a job keeps it: off duty it is not sent anew.
create or replace function unit_duty_set(p_id uuid, p_input jsonb, p_scope_agency uuid, p_scope_unit uuid, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  u unit;
  v_before jsonb;
  v_after jsonb;
begin
  u := unit_scoped(p_id, p_scope_agency, p_scope_unit);
  v_before := unit_json(u, p_simulated);
  if coalesce(p_input ->> 'duty', u.duty) = u.duty and coalesce((p_input ->> 'crew')::integer, u.crew) = u.crew then
    return v_before;
  end if;
  update unit set duty = coalesce(p_input ->> 'duty', duty), crew = coalesce((p_input ->> 'crew')::integer, crew),
    crew_set_at = case when p_input ? 'crew' then p_now else crew_set_at end, duty_set_at = p_now, duty_set_by = p_actor
  where id = p_id returning * into u;
  v_after := unit_json(u, p_simulated);
  perform append_event('unit.duty', p_actor, null, p_now, p_now, p_simulated,
    jsonb_build_object('before', jsonb_changed(v_before, v_after), 'after', v_after, 'units', jsonb_build_array(v_after)));
  return v_after;
end $$;
