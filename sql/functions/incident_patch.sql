-- Verb: an operator changes an incident (PATCH /api/incidents/:id). p_input may carry status (verified, closed, cancelled, duplicate,
-- handed_over), duplicate_of (an id, or null to undo), handed_over_to, incident_type, priority, number_hidden, lon + lat, accuracy_m, place_label,
-- caller_name, caller_number, address_text, description, note, not_duplicate_of, needs_approval (who asks may not cancel by himself what was sent to). A merge and its undo also append a line for each incident whose count of
-- calls they change (incident.merged, incident.merge_undone); an end for each that a freed unit was in line for (assignment.promoted). dispatched, handling and resolved follow from assignments and cannot be set.
create or replace function incident_patch(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b incident;
  i incident;
  v_status text := p_input ->> 'status';
  v_units jsonb := '[]';
  v_salt text;
  v_note text;
  v_seq bigint;
  v_before jsonb;
  v_after jsonb;
  v_kind text := 'incident.updated';
  v_not jsonb;
  v_heads uuid[] := '{}';
  v_counts jsonb;
  o incident;
  v_locked uuid[];
  v_waiting uuid[] := '{}';
begin
  -- A merge changes two, and an end sends units on to what they stand in line for: locked in one order, whoever does what.
  v_locked := array_remove(array[p_id, (p_input ->> 'duplicate_of')::uuid], null) || waiting_behind(p_id);
  perform incident_lock(v_locked, p_simulated);
  select * into b from incident where id = p_id and simulated = p_simulated;
  if not found then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  i := b;
  v_before := incident_json(b);

  if p_input ? 'duplicate_of' and p_input ->> 'duplicate_of' is null then
    if b.status <> 'duplicate' then perform fail('SG409', 'duplicate_of', 'kejadian ini tidak ditandai ganda'); end if;
    i.status := b.status_before_duplicate; i.duplicate_of := null; i.ended_at := null; i.status_before_duplicate := null;
    v_kind := 'incident.duplicate_undone';
    v_heads := incident_heads(p_id);
    v_counts := incident_counts(v_heads);
  elsif v_status = 'duplicate' and b.duplicate_of <> (p_input ->> 'duplicate_of')::uuid then
    perform fail('SG409', 'duplicate_of', format('sudah digabung ke %s; batalkan dahulu', (select number from incident where id = b.duplicate_of)));
  elsif v_status is not null and v_status <> b.status then
    if v_status <> 'verified' then
      v_waiting := waiting_behind(p_id);
      perform line_locked(v_waiting, v_locked);
    end if;
    case v_status
      when 'verified' then
        if b.status <> 'received' then perform fail('SG409', 'status', format('tidak dapat diverifikasi dari %s', b.status)); end if;
        i.verified_at := greatest(p_now, b.received_at);
      when 'closed' then
        -- What was over before it was written down need not have been sent to by us.
        if b.status not in ('dispatched', 'handling', 'resolved') and not (b.open and b.late_entry) then perform fail('SG409', 'status', format('tidak dapat ditutup dari %s: kirim unit, batalkan atau serahkan dulu', b.status)); end if;
        v_units := release_units(p_id, true, p_now);
        -- Only what somebody finished has an end: closing invents none, and the stage then counts as missing.
        i.resolved_at := coalesce(b.resolved_at, (select max(done_at) from assignment where incident_id = p_id));
        i.closed_at := p_now;
      when 'cancelled', 'handed_over' then
        if not b.open then perform fail('SG409', 'status', format('kejadian sudah %s', b.status)); end if;
        if v_status = 'handed_over' and coalesce(p_input ->> 'handed_over_to', '') = '' then perform fail('SG422', 'handed_over_to', 'sebutkan diserahkan kepada siapa'); end if;
        -- Called back only with a second word (cancellation_ask), unless who cancels gives that word himself.
        if v_status = 'cancelled' and (p_input ->> 'needs_approval')::boolean and exists (select 1 from assignment where incident_id = p_id) then
          perform fail('SG409', 'status', 'sudah ada yang dikirim: minta persetujuan pembatalan');
        end if;
        v_units := release_units(p_id, false, p_now);
        i.ended_at := p_now; i.handed_over_to := p_input ->> 'handed_over_to';
      when 'duplicate' then
        if not b.open then perform fail('SG409', 'status', format('kejadian sudah %s', b.status)); end if;
        select * into o from incident where id = (p_input ->> 'duplicate_of')::uuid and simulated = p_simulated;
        if not found or o.id = p_id then perform fail('SG422', 'duplicate_of', 'sebutkan kejadian lain yang digandakan'); end if;
        -- Only heads take others in: no chain grows from its middle, and none closes to a ring.
        if o.status = 'duplicate' then
          perform fail('SG422', 'duplicate_of', format('%s sudah digabung ke %s; gabungkan ke sana', o.number, (select number from incident where id = incident_head(o.id))));
        end if;
        delete from not_duplicate where a = least(p_id, o.id) and not_duplicate.b = greatest(p_id, o.id);
        v_heads := array[o.id];
        v_counts := incident_counts(v_heads);
        v_units := release_units(p_id, false, p_now);
        i.ended_at := p_now; i.duplicate_of := (p_input ->> 'duplicate_of')::uuid; i.status_before_duplicate := b.status;
        -- Units are free again, so an undone duplicate goes back to where it waits for dispatch.
        if b.status in ('dispatched', 'handling') then i.status_before_duplicate := 'verified'; end if;
      else
        perform fail('SG422', 'status', format('%s tidak dapat diatur langsung: mengikuti penugasan', v_status));
    end case;
    i.status := v_status;
    v_kind := 'incident.' || v_status;
  end if;

  if p_input ? 'incident_type' then
    select code, priority into i.incident_type, i.priority from incident_type where code = p_input ->> 'incident_type';
    if not found then perform fail('SG422', 'incident_type', 'jenis kejadian tidak dikenal'); end if;
  end if;
  if p_input ? 'number_hidden' then i.number_hidden := (p_input ->> 'number_hidden')::boolean; end if;
  if p_input ? 'priority' then i.priority := (p_input ->> 'priority')::smallint; end if;
  if p_input ? 'lon' then
    i.location := st_setsrid(st_makepoint((p_input ->> 'lon')::float8, (p_input ->> 'lat')::float8), 4326);
    i.kelurahan_code := locate_kelurahan(i.location); i.inside_city := i.kelurahan_code is not null;
  end if;
  if p_input ? 'accuracy_m' then i.accuracy_m := (p_input ->> 'accuracy_m')::float8; end if;
  if p_input ? 'place_label' then i.place_label := p_input ->> 'place_label'; end if;

  update incident set status = i.status, number_hidden = i.number_hidden, incident_type = i.incident_type, priority = i.priority, location = i.location, accuracy_m = i.accuracy_m,
    kelurahan_code = i.kelurahan_code, inside_city = i.inside_city, place_label = i.place_label, verified_at = i.verified_at,
    resolved_at = i.resolved_at, closed_at = i.closed_at, ended_at = i.ended_at, handed_over_to = i.handed_over_to,
    duplicate_of = i.duplicate_of, status_before_duplicate = i.status_before_duplicate
  where id = p_id returning * into i;
  if v_kind = 'incident.duplicate_undone' and i.open and exists (select 1 from assignment where incident_id = p_id) then
    perform incident_follow(p_id, p_now);
    select * into i from incident where id = p_id;
  end if;
  update incident_private set
    caller_name = case when p_input ? 'caller_name' then p_input ->> 'caller_name' else caller_name end,
    caller_number = case when p_input ? 'caller_number' then p_input ->> 'caller_number' else caller_number end,
    address_text = case when p_input ? 'address_text' then p_input ->> 'address_text' else address_text end,
    description = case when p_input ? 'description' then p_input ->> 'description' else description end
  where incident_id = p_id and erased_at is null returning salt into v_salt;
  v_not := incident_not_duplicate(i, p_input -> 'not_duplicate_of', p_actor, p_now);
  if v_not is not null and p_input - 'not_duplicate_of' = '{}' then v_kind := 'incident.not_duplicate'; end if;
  v_note := incident_note_add(p_id, null, coalesce(v_status, 'note'), p_input ->> 'note', p_actor, p_now);

  v_after := incident_json(i);
  if v_kind in ('incident.closed', 'incident.cancelled', 'incident.duplicate', 'incident.handed_over', 'incident.duplicate_undone') then
    perform outbox_put(p_id, i.simulated, split_part(v_kind, '.', 2), p_actor, p_now);
  elsif not i.open and jsonb_changed(v_before, v_after) <> '{}' then
    perform outbox_put(p_id, i.simulated, 'corrected', p_actor, p_now);
  end if;
  v_seq := append_event(v_kind, p_actor, p_id, p_now, p_now, i.simulated, jsonb_strip_nulls(jsonb_build_object('not_duplicate_of', v_not)) || jsonb_build_object(
    'before', jsonb_changed(v_before, v_after), 'after', v_after, 'units', v_units,
    'private', jsonb_strip_nulls(jsonb_build_object(
      'caller_name', private_digest(v_salt, p_input ->> 'caller_name'), 'caller_number', private_digest(v_salt, p_input ->> 'caller_number'),
      'address_text', private_digest(v_salt, p_input ->> 'address_text'), 'description', private_digest(v_salt, p_input ->> 'description'), 'note', v_note))));
  v_seq := coalesce(incident_tell(case when v_kind = 'incident.duplicate' then 'incident.merged' else 'incident.merge_undone' end, v_heads, v_counts, p_id, p_actor, p_now), v_seq);
  v_seq := coalesce(line_tell('assignment.promoted', v_waiting, p_id, p_actor, p_now, p_now), v_seq);
  return jsonb_build_object('incident', v_after, 'seq', v_seq);
end $$;
