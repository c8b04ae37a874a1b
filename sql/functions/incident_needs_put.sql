-- Verb: an admin sets the whole list of what a type of incident needs (PUT and DELETE /api/incident-types/:code/needs). p_needs as in geo/wire/needs.ts, in order;
-- p_built_in: it is the program's own list, which follows the program again. A kind that no agency has and a capability
-- that neither the program (p_capabilities) nor any active unit knows are refused by name. Answers {changed}; the same list again: no line.
create or replace function incident_needs_put(
  p_code text, p_needs jsonb, p_built_in boolean, p_capabilities text[], p_actor text, p_now timestamptz
) returns jsonb language plpgsql as $$
declare
  t incident_type;
  v_before jsonb;
  v_fault record;
begin
  select * into t from incident_type where code = p_code for update;
  if not found then perform fail('SG404', 'code', 'jenis kejadian tidak dikenal: ' || p_code); end if;
  for v_fault in
    select n.i - 1 as i, n.need ->> 'agency_kind' as kind, n.need ->> 'capability' as capability
    from jsonb_array_elements(p_needs) with ordinality as n (need, i) order by n.i
  loop
    if not exists (select 1 from agency g where g.kind = v_fault.kind and g.active) then
      perform fail('SG422', format('needs.%s.agency_kind', v_fault.i), 'tidak ada instansi berjenis ' || v_fault.kind);
    end if;
    if v_fault.capability is not null and v_fault.capability <> all (p_capabilities)
      and not exists (select 1 from unit u where u.active and v_fault.capability = any (u.capabilities)) then
      perform fail('SG422', format('needs.%s.capability', v_fault.i), 'kemampuan tidak dikenal: ' || v_fault.capability);
    end if;
  end loop;

  v_before := incident_needs_json(p_code);
  if (t.needs_set_at is null) = p_built_in and v_before = p_needs then return jsonb_build_object('changed', false); end if;
  delete from incident_type_need where incident_type = p_code;
  insert into incident_type_need (incident_type, agency_kind, capability, quantity, min_crew, ord)
  select p_code, n.need ->> 'agency_kind', n.need ->> 'capability', (n.need ->> 'quantity')::integer, (n.need ->> 'min_crew')::integer, n.i - 1
  from jsonb_array_elements(p_needs) with ordinality as n (need, i);
  update incident_type set needs_set_at = case when p_built_in then null else p_now end, needs_set_by = case when p_built_in then null else p_actor end
  where code = p_code;
  perform append_event('masterdata.needs_set', p_actor, null, p_now, p_now, false, jsonb_build_object(
    'incident_type', p_code, 'before', jsonb_build_object('needs', v_before), 'after', jsonb_build_object('needs', p_needs), 'built_in', p_built_in));
  return jsonb_build_object('changed', true);
end $$;
