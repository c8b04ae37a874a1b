-- Verb: units (or agencies without tracked units) are sent to an incident (POST /api/incidents/:id/assignments).
-- p_input {units: [{unit_id, eta_seconds, turnout_seconds?, distance_m}], agency_ids: [], verified, override_reason?, decision: {rule_version, candidates}}.
-- All or nothing; a unit that is busy is refused by name. Answers {assignments, incident, seq}.
create or replace function assignment_create(p_incident_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b incident;
  i incident;
  v_before jsonb;
  v_after jsonb;
  v_pick record;
  v_ids uuid[] := '{}';
  v_id uuid;
  v_seq bigint;
  v_note text;
  v_busy record;
begin
  select * into b from incident where id = p_incident_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if b.status not in ('received', 'verified', 'dispatched', 'handling') then
    perform fail('SG409', 'status', format('kejadian sudah %s', b.status));
  end if;
  if b.status = 'received' and b.number_hidden and not coalesce((p_input ->> 'verified')::boolean, false) then
    perform fail('SG422', 'verified', 'nomor tersembunyi: verifikasi harus dinyatakan (verified: true)');
  end if;
  v_before := incident_json(b);

  for v_pick in
    select u.id as unit_id, u.agency_id, u.callsign, u.duty, u.active, p.raw, (p.raw ->> 'eta_seconds')::float8 as eta, coalesce((p.raw ->> 'turnout_seconds')::float8, u.turnout_seconds) as turnout, (p.raw ->> 'distance_m')::float8 as distance
    from jsonb_array_elements(coalesce(p_input -> 'units', '[]')) with ordinality as p(raw, ord)
    left join unit u on u.id = (p.raw ->> 'unit_id')::uuid order by p.ord
  loop
    if v_pick.unit_id is null or not v_pick.active then perform fail('SG422', 'unit_ids', format('unit %s tidak dikenal', v_pick.raw ->> 'unit_id')); end if;
    if v_pick.duty <> 'on' then perform fail('SG409', 'unit_ids', format('%s tidak bertugas', v_pick.callsign)); end if;
    begin
      insert into assignment (incident_id, agency_id, unit_id, notified_at, eta_seconds, turnout_seconds, distance_m, simulated, created_by)
      values (p_incident_id, v_pick.agency_id, v_pick.unit_id, p_now, v_pick.eta, v_pick.turnout, v_pick.distance, b.simulated, p_actor) returning id into v_id;
    exception when unique_violation then
      select n.number into v_busy from assignment a join incident n on n.id = a.incident_id where a.unit_id = v_pick.unit_id and a.active and a.simulated = p_simulated;
      perform fail('SG409', 'unit_ids', format('%s sedang bertugas di %s', v_pick.callsign, coalesce(v_busy.number, 'kejadian lain')));
    end;
    v_ids := v_ids || v_id;
  end loop;

  for v_pick in
    select g.id as agency_id, g.name, g.active, a.raw from jsonb_array_elements_text(coalesce(p_input -> 'agency_ids', '[]')) with ordinality as a(raw, ord)
    left join agency g on g.id = a.raw::uuid order by a.ord
  loop
    if v_pick.agency_id is null or not v_pick.active then perform fail('SG422', 'agency_ids', format('instansi %s tidak dikenal', v_pick.raw)); end if;
    if exists (select 1 from assignment where incident_id = p_incident_id and agency_id = v_pick.agency_id and unit_id is null and active) then
      perform fail('SG409', 'agency_ids', format('%s sudah diberi tahu', v_pick.name));
    end if;
    insert into assignment (incident_id, agency_id, notified_at, simulated, created_by)
    values (p_incident_id, v_pick.agency_id, p_now, b.simulated, p_actor) returning id into v_id;
    v_ids := v_ids || v_id;
  end loop;
  if cardinality(v_ids) = 0 then perform fail('SG422', 'unit_ids', 'pilih sedikitnya satu unit atau instansi'); end if;

  update incident set verified_at = coalesce(verified_at, p_now), dispatched_at = coalesce(dispatched_at, p_now),
    status = case when status in ('received', 'verified') then 'dispatched' else status end
  where id = p_incident_id returning * into i;
  insert into dispatch_decision (incident_id, made_at, actor, rule_version, chosen, candidates, override_reason)
  values (p_incident_id, p_now, p_actor, coalesce(p_input -> 'decision' ->> 'rule_version', 'none'), coalesce(p_input -> 'units', '[]'),
          coalesce(p_input -> 'decision' -> 'candidates', '[]'), p_input ->> 'override_reason');
  v_note := incident_note_add(p_incident_id, null, 'override_reason', p_input ->> 'override_reason', p_actor, p_now);

  v_after := incident_json(i);
  v_seq := append_event('assignment.created', p_actor, p_incident_id, p_now, p_now, i.simulated, jsonb_build_object(
    'before', jsonb_changed(v_before, v_after), 'after', v_after, 'assignment_ids', to_jsonb(v_ids), 'private', jsonb_strip_nulls(jsonb_build_object('override_reason', v_note)),
    'units', coalesce((select jsonb_agg(unit_json(u, p_simulated) order by u.callsign) from unit u join assignment a on a.unit_id = u.id where a.id = any(v_ids)), '[]')));
  return jsonb_build_object('incident', v_after, 'seq', v_seq,
    'assignments', (select jsonb_agg(assignment_json(a) order by array_position(v_ids, a.id)) from assignment a where a.id = any(v_ids)));
end $$;
