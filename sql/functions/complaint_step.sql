-- Verb: one step of a complaint (POST /api/complaints/:id/steps). p_input {step, words, revision, handles, settles}: take, escalate, answer, close, reopen
-- or note; `handles` the officer's part, `settles` the Kominfo official's. Of two who act at once the second is told (revision).
create or replace function complaint_step(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b complaint;
  c complaint;
  v_step text := p_input ->> 'step';
  v_words text := nullif(btrim(p_input ->> 'words'), '');
  v_rules complaint_rules;
  v_digest text;
begin
  select * into v_rules from complaint_rules for share;
  select * into b from complaint where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'pengaduan tidak ditemukan'); end if;
  if b.revision <> (p_input ->> 'revision')::integer then perform fail('SG409', 'revision', 'pengaduan ini baru saja diubah orang lain; lihat keadaannya dahulu'); end if;
  if v_words is null and v_step in ('escalate', 'answer', 'reopen', 'note') then perform fail('SG422', 'words', 'wajib diisi'); end if;
  -- What was escalated is the official's, what was not is the officer's; handing it up, reopening and notes are open to both.
  if (v_step = 'take' or (v_step in ('answer', 'close') and b.escalated_at is null)) and not (p_input ->> 'handles')::boolean then
    perform fail('SG403', 'step', 'hanya petugas pengaduan; ambil alih dahulu dengan alasan');
  elsif v_step = 'answer' and b.escalated_at is not null and not (p_input ->> 'settles')::boolean then
    perform fail('SG403', 'step', 'pengaduan ini sudah naik ke pejabat Kominfo');
  end if;
  if not (case v_step when 'take' then b.status = 'received' when 'escalate' then b.status in ('received', 'being_handled') when 'answer' then b.open
      when 'close' then b.status = 'answered' when 'reopen' then b.status in ('answered', 'closed') else true end) then
    perform fail('SG409', 'step', format('tidak dapat dari keadaan %s', b.status));
  end if;
  if v_step = 'reopen' and p_now > b.reopen_until then perform fail('SG409', 'step', 'jangka waktu membuka kembali sudah lewat; daftarkan pengaduan baru'); end if;

  c := b;
  c.revision := b.revision + 1;
  if v_step = 'take' then c.status := 'being_handled'; c.taken_at := p_now;
  elsif v_step = 'escalate' then
    c.status := 'escalated'; c.escalated_at := p_now; c.escalation := 'words'; c.official_due_at := working_day_end(p_now, v_rules.official_days);
  elsif v_step = 'answer' then
    c.status := 'answered'; c.answered_at := p_now; c.taken_at := coalesce(b.taken_at, p_now); c.reopen_until := working_day_end(p_now, v_rules.reopen_days);
    if b.first_answered_at is null then
      c.first_answered_at := p_now; c.first_answer_late := b.escalation is not distinct from 'deadline' or p_now > coalesce(b.official_due_at, b.officer_due_at);
    end if;
  elsif v_step = 'close' then c.status := 'closed'; c.closed_at := p_now;
  elsif v_step = 'reopen' then
    c.reopened := b.reopened + 1; c.opened_at := p_now; c.answered_at := null; c.closed_at := null; c.reopen_until := null;
    c.taken_at := null; c.officer_due_at := working_day_end(p_now, v_rules.officer_days);
    if b.escalated_at is null then c.status := 'received';
    else c.status := 'escalated'; c.escalated_at := p_now; c.escalation := 'reopened'; c.official_due_at := working_day_end(p_now, v_rules.official_days);
    end if;
  end if;
  update complaint set status = c.status, opened_at = c.opened_at, officer_due_at = c.officer_due_at, taken_at = c.taken_at, escalated_at = c.escalated_at, escalation = c.escalation,
    official_due_at = c.official_due_at, answered_at = c.answered_at, reopen_until = c.reopen_until, closed_at = c.closed_at, first_answered_at = c.first_answered_at,
    first_answer_late = c.first_answer_late, reopened = c.reopened, revision = c.revision where id = p_id returning * into c;
  v_digest := complaint_note_add(c.id, v_step, v_words, p_actor, p_now);
  perform append_event(case v_step when 'take' then 'complaint.taken' when 'escalate' then 'complaint.escalated' when 'answer' then 'complaint.answered'
      when 'close' then 'complaint.closed' when 'reopen' then 'complaint.reopened' else 'complaint.noted' end, p_actor, null, p_now, p_now, c.simulated,
    jsonb_build_object('before', jsonb_changed(complaint_json(b), complaint_json(c)), 'after', complaint_json(c), 'private', jsonb_strip_nulls(jsonb_build_object('words', v_digest))));
  return complaint_row(c);
end $$;
