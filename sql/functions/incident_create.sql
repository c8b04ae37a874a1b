-- Verb: an incident is recorded (POST /api/incidents, the demo). One statement, so one short transaction.
-- p_input {incident_type, lon, lat, accuracy_m, place_label?, number_hidden?, caller_name?, caller_number?, address_text?, description?,
--          call_id?, received_at?, dispatched_at?, resolved_at?, not_duplicate_of?, late_entry_allowed, idempotency_key?, body_hash?}
-- Answers {incident, seq, replayed, response}: with a known key and the same body, the first incident and its stored answer.
create or replace function incident_create(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_key text := p_input ->> 'idempotency_key';
  v_known idempotency_key;
  v_type incident_type;
  v_call call;
  v_incident incident;
  v_salt text := gen_random_uuid()::text;
  v_location geometry := st_setsrid(st_makepoint((p_input ->> 'lon')::float8, (p_input ->> 'lat')::float8), 4326);
  v_received timestamptz := (p_input ->> 'received_at')::timestamptz;
  v_late boolean := false;
  v_offline boolean := false;
  v_kelurahan text;
  v_not jsonb;
  v_seq bigint;
  v_after jsonb;
begin
  if v_key is not null then
    insert into idempotency_key (key, body_hash, created_at) values (v_key, p_input ->> 'body_hash', p_now) on conflict do nothing;
    select * into v_known from idempotency_key where key = v_key for update;
    if v_known.body_hash <> p_input ->> 'body_hash' then
      perform fail('SG422', 'Idempotency-Key', 'kunci ini sudah dipakai untuk isi yang lain');
    end if;
    if v_known.incident_id is not null then
      select * into v_incident from incident where id = v_known.incident_id;
      return jsonb_build_object('incident', incident_json(v_incident), 'replayed', true, 'response', v_known.response);
    end if;
  end if;

  select * into v_type from incident_type where code = p_input ->> 'incident_type';
  if not found then perform fail('SG422', 'incident_type', 'jenis kejadian tidak dikenal'); end if;

  if p_input ->> 'call_id' is not null then
    select * into v_call from call where id = (p_input ->> 'call_id')::uuid and simulated = p_simulated for update;
    if not found then perform fail('SG422', 'call_id', 'panggilan tidak ditemukan'); end if;
    if v_call.incident_id is not null then
      perform fail('SG409', 'call_id', format('panggilan ini sudah tercatat pada %s', (select number from incident where id = v_call.incident_id)));
    end if;
    -- Ahead of now only where the clock was set back since it rang: it is recorded all the same.
    v_received := coalesce(v_received, least(v_call.rang_at, p_now));
  end if;
  v_received := coalesce(v_received, p_now);
  if v_received > p_now + interval '60 seconds' then perform fail('SG422', 'received_at', 'lebih dari 60 detik di masa depan'); end if;
  if v_received < p_now - interval '12 hours' or p_input ->> 'dispatched_at' is not null or p_input ->> 'resolved_at' is not null then
    if not coalesce((p_input ->> 'late_entry_allowed')::boolean, false) then
      perform fail('SG422', case when p_input ->> 'received_at' is null and v_call.id is not null then 'call_id' else 'received_at' end, 'lebih dari 12 jam lalu; entri terlambat hanya oleh supervisor, admin atau integrasi');
    end if;
    v_late := true;
  elsif p_input ->> 'received_at' is not null and v_received < p_now - interval '60 seconds' then
    v_offline := true;
  end if;
  if (p_input ->> 'dispatched_at')::timestamptz > p_now + interval '60 seconds' then perform fail('SG422', 'dispatched_at', 'lebih dari 60 detik di masa depan'); end if;
  if (p_input ->> 'resolved_at')::timestamptz > p_now + interval '60 seconds' then perform fail('SG422', 'resolved_at', 'lebih dari 60 detik di masa depan'); end if;
  if (p_input ->> 'dispatched_at')::timestamptz < v_received then perform fail('SG422', 'dispatched_at', 'sebelum received_at'); end if;
  if (p_input ->> 'resolved_at')::timestamptz < coalesce((p_input ->> 'dispatched_at')::timestamptz, v_received) then
    perform fail('SG422', 'resolved_at', 'sebelum tahap sebelumnya');
  end if;

  v_kelurahan := locate_kelurahan(v_location);
  insert into incident (number, incident_type, priority, status, location, accuracy_m, kelurahan_code, inside_city, place_label, number_hidden,
      received_at, verified_at, dispatched_at, resolved_at, late_entry, offline_entry, without_call, simulated, created_by, created_at)
  values (next_incident_number(v_received, p_simulated), v_type.code, v_type.priority,
      case when not v_late then 'received' when p_input ->> 'resolved_at' is not null then 'resolved' when p_input ->> 'dispatched_at' is not null then 'dispatched' else 'received' end,
      v_location, (p_input ->> 'accuracy_m')::float8, v_kelurahan, v_kelurahan is not null, p_input ->> 'place_label',
      coalesce((p_input ->> 'number_hidden')::boolean, v_call.number_hidden, false),
      v_received, (p_input ->> 'dispatched_at')::timestamptz, (p_input ->> 'dispatched_at')::timestamptz, (p_input ->> 'resolved_at')::timestamptz,
      v_late, v_offline, v_call.id is null, p_simulated, p_actor, p_now)
  returning * into v_incident;
  insert into incident_private (incident_id, salt, caller_name, caller_number, address_text, description)
  values (v_incident.id, v_salt, p_input ->> 'caller_name', coalesce(p_input ->> 'caller_number', (select caller_number from call_private where call_id = v_call.id)),
          p_input ->> 'address_text', p_input ->> 'description');
  if v_call.id is not null then
    update call set incident_id = v_incident.id, kind = coalesce(kind, 'real') where id = v_call.id returning * into v_call;
    update call_private set caller_number = nullif(p_input ->> 'caller_number', ''), number_hash = number_hash(p_input ->> 'caller_number') where call_id = v_call.id and caller_number is null and erased_at is null;
  end if;
  v_not := incident_not_duplicate(v_incident, p_input -> 'not_duplicate_of', p_actor, p_now);
  if v_key is not null then update idempotency_key set incident_id = v_incident.id where key = v_key; end if;

  v_after := incident_json(v_incident);
  v_seq := append_event('incident.created', p_actor, v_incident.id, v_incident.received_at, p_now, p_simulated,
    jsonb_strip_nulls(jsonb_build_object('not_duplicate_of', v_not)) || case when v_call.rings then jsonb_build_object('call', call_json(v_call)) else '{}' end || jsonb_build_object('after', v_after, 'private', jsonb_build_object(
      'caller_name', private_digest(v_salt, p_input ->> 'caller_name'), 'caller_number', private_digest(v_salt, p_input ->> 'caller_number'),
      'address_text', private_digest(v_salt, p_input ->> 'address_text'), 'description', private_digest(v_salt, p_input ->> 'description'))));
  if v_call.id is not null then v_seq := coalesce(device_location_claim(v_call.id, p_actor, p_now), v_seq); end if;
  return jsonb_build_object('incident', v_after, 'seq', v_seq, 'replayed', false);
end $$;
