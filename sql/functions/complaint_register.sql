-- Verb: a complaint about the service is registered (POST /api/complaints). p_input {id, channel, category, words, name?, contact?, incident_number?,
-- received_at?}; id is the client's own, so that registering again answers the same complaint and writes nothing.
create or replace function complaint_register(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  c complaint;
  v_received timestamptz := coalesce((p_input ->> 'received_at')::timestamptz, p_now);
  v_incident uuid;
  v_salt text := gen_random_uuid()::text;
  v_words text;
begin
  -- Two posts of one id wait for each other here; the second finds the row of the first.
  perform pg_advisory_xact_lock(hashtextextended(p_input ->> 'id', 16));
  select * into c from complaint where id = (p_input ->> 'id')::uuid;
  if found then
    if c.simulated <> p_simulated then perform fail('SG409', 'id', 'id ini sudah dipakai'); end if;
    return complaint_row(c);
  end if;
  if v_received > p_now + interval '60 seconds' then perform fail('SG422', 'received_at', 'lebih dari 60 detik di masa depan'); end if;
  if v_received < p_now - interval '30 days' then perform fail('SG422', 'received_at', 'lebih dari 30 hari lalu'); end if;
  if p_input ->> 'incident_number' is not null then
    select id into v_incident from incident where number = p_input ->> 'incident_number' and simulated = p_simulated;
    if not found then perform fail('SG422', 'incident_number', 'nomor kejadian tidak ditemukan'); end if;
  end if;
  insert into complaint (id, number, channel, category, incident_id, received_at, opened_at, officer_due_at, simulated, created_by, created_at)
  values ((p_input ->> 'id')::uuid, next_complaint_number(v_received, p_simulated), p_input ->> 'channel', p_input ->> 'category', v_incident, v_received, v_received,
    working_day_end(v_received, (select officer_days from complaint_rules)), p_simulated, p_actor, p_now)
  returning * into c;
  insert into complaint_private (complaint_id, salt, name, contact) values (c.id, v_salt, p_input ->> 'name', p_input ->> 'contact');
  v_words := complaint_note_add(c.id, 'register', p_input ->> 'words', p_actor, p_now);
  perform append_event('complaint.registered', p_actor, null, c.received_at, p_now, p_simulated, jsonb_build_object('after', complaint_json(c), 'private',
    jsonb_strip_nulls(jsonb_build_object('name', private_digest(v_salt, p_input ->> 'name'), 'contact', private_digest(v_salt, p_input ->> 'contact'), 'words', v_words))));
  return complaint_row(c);
end $$;
