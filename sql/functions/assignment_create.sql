-- Verb: units (or agencies without tracked units) are sent to an incident (POST /api/incidents/:id/assignments).
-- p_input {units: [{unit_id, eta_seconds, turnout_seconds?, distance_m, …}], agency_ids: [], verified, busy: [word], reason_code?, override_reason?,
--          decision: {rule_version, candidates, verdicts?, outcome?, routing?, considered?}}; a word as in assignment_check_busy, 'free' ends the unit's first job
-- here and now, 'keep' puts this one in line behind it. outcome 'other' (geo/dispatch/first.ts) needs a reason.
-- All or nothing; a unit that is busy is refused by name. Answers {assignments, incident, seq}. Locks incidents, then units, each in the order of ids.
create or replace function assignment_create(p_incident_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b incident;
  i incident;
  v_before jsonb;
  v_after jsonb;
  v_words jsonb := coalesce(nullif(p_input -> 'busy', 'null'), '[]');
  v_units uuid[] := array(select (value ->> 'unit_id')::uuid from jsonb_array_elements(coalesce(p_input -> 'units', '[]')));
  v_locked uuid[];
  v_pick record;
  v_busy record;
  v_ids uuid[] := '{}';
  v_id uuid;
  v_seq bigint;
  v_note text;
  v_freed jsonb := '[]';
  v_moved uuid[] := '{}';
  v_behind uuid;
  v_at timestamptz;
begin
  v_locked := array(select p_incident_id union select w.id from jsonb_array_elements(v_words) as word,
    lateral (values ((word ->> 'incident_id')::uuid), ((word ->> 'queued_incident_id')::uuid)) as w (id) where w.id is not null);
  perform incident_lock(v_locked, p_simulated);
  select * into b from incident where id = p_incident_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  if b.status not in ('received', 'verified', 'dispatched', 'handling') then
    perform fail('SG409', 'status', format('kejadian sudah %s', b.status));
  end if;
  if b.status = 'received' and b.number_hidden and not coalesce((p_input ->> 'verified')::boolean, false) then
    perform fail('SG422', 'verified', 'nomor tersembunyi: verifikasi harus dinyatakan (verified: true)');
  end if;
  v_before := incident_json(b);
  -- A case's clock never goes backwards, though the server's may have been set back.
  v_at := greatest(p_now, b.received_at, b.dispatched_at);

  -- One operator at a time decides about a unit. Not its key: positions go on being written.
  perform 1 from unit where id = any (v_units) order by id for no key update;
  for v_pick in
    select u.id as unit_id, u.callsign, u.duty, u.active, p.raw from jsonb_array_elements(coalesce(p_input -> 'units', '[]')) with ordinality as p(raw, ord)
    left join unit u on u.id = (p.raw ->> 'unit_id')::uuid order by p.ord
  loop
    if v_pick.unit_id is null or not v_pick.active then perform fail('SG422', 'unit_ids', format('unit %s tidak dikenal', v_pick.raw ->> 'unit_id')); end if;
    if v_pick.duty <> 'on' then perform fail('SG409', 'unit_ids', format('%s tidak bertugas', v_pick.callsign)); end if;
  end loop;
  perform assignment_check_busy(v_units, v_words, p_incident_id, p_simulated);
  if p_input -> 'decision' ->> 'outcome' = 'other' and coalesce(p_input ->> 'reason_code', '') = '' then
    perform fail('SG422', 'override_reason', 'sebutkan alasan tidak memilih unit teratas');
  end if;

  for v_pick in
    select u.id as unit_id, u.agency_id, (p.raw ->> 'eta_seconds')::float8 as eta, coalesce((p.raw ->> 'turnout_seconds')::float8, u.turnout_seconds) as turnout,
      (p.raw ->> 'distance_m')::float8 as distance, d.assignment_id, d.incident_id, d.queued_incident_id, w.first_job
    from jsonb_array_elements(coalesce(p_input -> 'units', '[]')) with ordinality as p(raw, ord)
    join unit u on u.id = (p.raw ->> 'unit_id')::uuid
    left join busy_units(v_units, p_simulated) d on d.unit_id = u.id
    left join jsonb_to_recordset(v_words) as w (unit_id uuid, first_job text) on w.unit_id = u.id
    order by p.ord
  loop
    v_behind := null;
    if v_pick.assignment_id is not null and v_pick.first_job = 'keep' then v_behind := v_pick.incident_id; end if;
    if v_pick.assignment_id is not null and v_pick.first_job = 'free' then
      v_freed := v_freed || jsonb_build_object('assignment_id', v_pick.assignment_id, 'incident_id', v_pick.incident_id,
        'before', (select incident_json(n) from incident n where n.id = v_pick.incident_id));
      update assignment set status = 'cancelled', cancelled_at = p_now where id = v_pick.assignment_id;
      if v_pick.queued_incident_id is not null then
        update assignment set queued_behind = p_incident_id where unit_id = v_pick.unit_id and incident_id = v_pick.queued_incident_id and active;
        v_moved := v_moved || v_pick.queued_incident_id;
      end if;
    end if;
    insert into assignment (incident_id, agency_id, unit_id, notified_at, eta_seconds, turnout_seconds, distance_m, queued_behind, simulated, created_by)
    values (p_incident_id, v_pick.agency_id, v_pick.unit_id, v_at, v_pick.eta, v_pick.turnout, v_pick.distance, v_behind, b.simulated, p_actor) returning id into v_id;
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
    values (p_incident_id, v_pick.agency_id, v_at, b.simulated, p_actor) returning id into v_id;
    v_ids := v_ids || v_id;
  end loop;
  if cardinality(v_ids) = 0 then perform fail('SG422', 'unit_ids', 'pilih sedikitnya satu unit atau instansi'); end if;

  update incident set verified_at = coalesce(verified_at, v_at), dispatched_at = coalesce(dispatched_at, v_at),
    status = case when status in ('received', 'verified') then 'dispatched' else status end
  where id = p_incident_id returning * into i;
  insert into dispatch_decision (incident_id, made_at, actor, rule_version, chosen, candidates, override_reason, reason_code, outcome, verdicts, routing, considered, closures_in_force)
  values (p_incident_id, p_now, p_actor, coalesce(p_input -> 'decision' ->> 'rule_version', 'none'), coalesce(p_input -> 'units', '[]'),
          coalesce(p_input -> 'decision' -> 'candidates', '[]'), p_input ->> 'override_reason', p_input ->> 'reason_code',
          p_input -> 'decision' ->> 'outcome', p_input -> 'decision' -> 'verdicts', coalesce(p_input -> 'decision' ->> 'routing', 'own'),
          (p_input -> 'decision' ->> 'considered')::integer,
          (select count(*) from closure c where c.deleted_at is null and c.simulated = p_simulated and c.starts_at <= p_now and (c.ends_at is null or c.ends_at > p_now)));
  v_note := incident_note_add(p_incident_id, null, 'override_reason', p_input ->> 'override_reason', p_actor, p_now);
  for v_busy in select distinct (value ->> 'incident_id')::uuid as incident_id from jsonb_array_elements(v_freed) loop
    perform incident_follow(v_busy.incident_id, p_now);
  end loop;

  for v_busy in select (value ->> 'incident_id')::uuid as incident_id, value -> 'assignment_id' as assignment_id, value -> 'before' as before from jsonb_array_elements(v_freed) loop
    select incident_json(n) into v_after from incident n where n.id = v_busy.incident_id;
    v_seq := append_event('assignment.cancelled', p_actor, v_busy.incident_id, p_now, p_now, p_simulated, jsonb_build_object(
      'before', jsonb_changed(v_busy.before, v_after), 'after', v_after, 'assignment_id', v_busy.assignment_id, 'because_of', p_incident_id, 'reason', format('dibebaskan untuk %s', b.number),
      'units', (select jsonb_agg(unit_json(u, p_simulated)) from unit u join assignment a on a.unit_id = u.id where a.id = (v_busy.assignment_id #>> '{}')::uuid)));
  end loop;
  v_after := incident_json(i);
  v_seq := append_event('assignment.created', p_actor, p_incident_id, v_at, p_now, i.simulated, jsonb_strip_nulls(jsonb_build_object('reason_code', p_input ->> 'reason_code')) || jsonb_build_object(
    'before', jsonb_changed(v_before, v_after), 'after', v_after, 'assignment_ids', to_jsonb(v_ids), 'private', jsonb_strip_nulls(jsonb_build_object('override_reason', v_note)),
    'units', coalesce((select jsonb_agg(unit_json(u, p_simulated) order by u.callsign) from unit u join assignment a on a.unit_id = u.id where a.id = any(v_ids)), '[]')));
  v_seq := coalesce(line_tell('assignment.requeued', v_moved, p_incident_id, p_actor, p_now, p_now), v_seq);
  return jsonb_build_object('incident', v_after, 'seq', v_seq,
    'assignments', (select jsonb_agg(assignment_json(a) order by array_position(v_ids, a.id)) from assignment a where a.id = any(v_ids)));
end $$;
