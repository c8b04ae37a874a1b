-- Verb: an admin registers a suspected breach (p_id null; POST /api/breaches), writes on it or concludes it (PATCH). p_input as geo/wire/breach.ts has it; a key
-- that is there sets its field; revision is the one that was read. Concluded as confirmed only once the authority and the subjects were told. A concluded one stays as it is.
create or replace function breach_put(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b breach;
  n breach;
  v_field text;
begin
  if p_id is not null then
    select * into b from breach where id = p_id and simulated = p_simulated for update;
    if not found then perform fail('SG404', 'id', 'kegagalan pelindungan tidak ditemukan'); end if;
    if b.revision <> (p_input ->> 'revision')::integer then perform fail('SG409', 'revision', 'sudah diubah orang lain; muat ulang'); end if;
    if b.outcome is not null then perform fail('SG409', 'outcome', 'sudah diakhiri'); end if;
  end if;
  n := jsonb_populate_record(b, p_input - array['id', 'salt', 'revision', 'registered_at', 'registered_by', 'concluded_at', 'concluded_by', 'simulated']);
  n.id := coalesce(b.id, gen_random_uuid()); n.salt := coalesce(b.salt, gen_random_uuid()::text); n.revision := coalesce(b.revision, 0) + 1;
  n.registered_at := coalesce(b.registered_at, p_now); n.registered_by := coalesce(b.registered_by, p_actor); n.simulated := p_simulated;
  foreach v_field in array array['found_at', 'authority_notified_at', 'subjects_notified_at'] loop
    if (to_jsonb(n) ->> v_field)::timestamptz > p_now + interval '60 seconds' then perform fail('SG422', v_field, 'di masa depan'); end if;
    if (to_jsonb(n) ->> v_field)::timestamptz < n.found_at then perform fail('SG422', v_field, 'sebelum ditemukan'); end if;
  end loop;
  if n.authority_notified_at is not null and coalesce(n.authority_how, '') = '' then perform fail('SG422', 'authority_how', 'sebutkan cara memberi tahu lembaga'); end if;
  if n.subjects_notified_at is not null and coalesce(n.subjects_how, '') = '' then perform fail('SG422', 'subjects_how', 'sebutkan cara memberi tahu subjek data'); end if;
  if n.outcome is not null then
    if coalesce(n.conclusion, '') = '' then perform fail('SG422', 'conclusion', 'tuliskan simpulan'); end if;
    if n.outcome = 'confirmed' and (n.authority_notified_at is null or n.subjects_notified_at is null) then
      perform fail('SG409', 'outcome', 'lembaga dan subjek data harus diberi tahu dahulu');
    end if;
    n.concluded_at := p_now; n.concluded_by := p_actor;
  end if;
  if b.id is null then insert into breach values (n.*);
  else
    update breach set found_at = n.found_at, what = n.what, data = n.data, how = n.how, measures = n.measures, subjects = n.subjects,
      authority_notified_at = n.authority_notified_at, authority_how = n.authority_how, subjects_notified_at = n.subjects_notified_at, subjects_how = n.subjects_how,
      outcome = n.outcome, conclusion = n.conclusion, concluded_at = n.concluded_at, concluded_by = n.concluded_by, revision = n.revision where id = n.id;
  end if;
  perform append_event('privacy.' || case when b.id is null then 'breach_registered' when n.outcome is null then 'breach_changed' else 'breach_concluded' end,
    p_actor, null, p_now, p_now, p_simulated, jsonb_build_object('before', jsonb_changed(breach_told(b), breach_told(n)), 'after', breach_told(n),
      'private', jsonb_build_object('words', private_digest(n.salt, concat_ws(chr(31), n.what, n.data, n.how, n.measures, n.authority_how, n.subjects_how, n.conclusion)))));
  return breach_json(n);
end $$;
