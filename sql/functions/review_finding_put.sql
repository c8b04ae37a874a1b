-- Verb: the Kabid writes a finding about a case under review (p_finding_id null; POST /api/reviews/:id/findings) or changes it (PATCH /api/findings/:id).
-- p_input {category, severity, words, follow_up, due_on, done, revision}; a key that is left out stays.
create or replace function review_finding_put(p_review_id uuid, p_finding_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  f review_finding;
  p review_finding_private;
  r review_case;
begin
  if p_finding_id is not null then
    select * into f from review_finding where id = p_finding_id for update;
    if not found then perform fail('SG404', 'id', 'temuan tidak ditemukan'); end if;
    if f.revision <> (p_input ->> 'revision')::integer then perform fail('SG409', 'revision', 'temuan sudah diubah orang lain; muat ulang'); end if;
    select * into p from review_finding_private where finding_id = f.id;
  else
    f.id := gen_random_uuid(); f.revision := 0; f.made_at := p_now; f.made_by := p_actor; f.review_id := p_review_id; p.finding_id := f.id;
  end if;
  select * into r from review_case where id = f.review_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'kasus tinjauan tidak ditemukan'); end if;
  if r.status = 'done' and p_finding_id is null then perform fail('SG409', 'status', 'tinjauan sudah selesai; buka kembali dahulu'); end if;
  f.category := coalesce(p_input ->> 'category', f.category); f.severity := coalesce(p_input ->> 'severity', f.severity);
  if p_input ? 'due_on' then f.due_on := (p_input ->> 'due_on')::date; end if;
  if p_input ? 'done' then f.done_at := case when (p_input ->> 'done')::boolean then coalesce(f.done_at, p_now) end; end if;
  if p_input ? 'words' then p.words := p_input ->> 'words'; end if;
  if p_input ? 'follow_up' then p.follow_up := p_input ->> 'follow_up'; end if;
  f.revision := f.revision + 1; p.salt := gen_random_uuid()::text;
  insert into review_finding select f.* on conflict (id) do update set category = f.category, severity = f.severity, due_on = f.due_on, done_at = f.done_at, revision = f.revision;
  insert into review_finding_private select p.* on conflict (finding_id) do update set salt = p.salt, words = p.words, follow_up = p.follow_up;
  perform append_event('review.finding', p_actor, r.incident_id, p_now, p_now, r.simulated, jsonb_build_object(
    'after', jsonb_build_object('id', f.id, 'review_id', r.id, 'category', f.category, 'severity', f.severity, 'due_on', f.due_on, 'done_at', f.done_at, 'revision', f.revision),
    'private', jsonb_build_object('words', private_digest(p.salt, concat_ws(chr(31), p.words, p.follow_up)))));
  return review_finding_json(f);
end $$;
