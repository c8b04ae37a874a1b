-- Verb: an admin sets the deadlines and the holidays (PUT /api/complaints/rules). p_input {officer_days, official_days, reopen_days, holidays [{day, name}], revision}.
-- Clocks that still run move with them, in the same transaction; what was answered stays judged as it was.
create or replace function complaint_rules_put(p_input jsonb, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  b jsonb := complaint_rules_json();
  v_rules complaint_rules;
begin
  select * into v_rules from complaint_rules for update;
  if v_rules.revision <> (p_input ->> 'revision')::integer then perform fail('SG409', 'revision', 'aturan baru saja diubah orang lain; muat ulang'); end if;
  update complaint_rules set officer_days = (p_input ->> 'officer_days')::integer, official_days = (p_input ->> 'official_days')::integer,
    reopen_days = (p_input ->> 'reopen_days')::integer, revision = revision + 1 returning * into v_rules;
  delete from holiday;
  insert into holiday (day, name) select (h ->> 'day')::date, h ->> 'name' from jsonb_array_elements(p_input -> 'holidays') h;
  perform 1 from complaint where status <> 'closed' order by id for update;
  update complaint set officer_due_at = working_day_end(opened_at, v_rules.officer_days), revision = revision + 1 where status in ('received', 'being_handled');
  update complaint set official_due_at = working_day_end(escalated_at, v_rules.official_days), revision = revision + 1 where status = 'escalated';
  update complaint set reopen_until = working_day_end(answered_at, v_rules.reopen_days), revision = revision + 1 where status = 'answered';
  perform append_event('complaint.rules_set', p_actor, null, p_now, p_now, false,
    jsonb_build_object('before', jsonb_changed(b, complaint_rules_json()), 'after', complaint_rules_json()));
  return complaint_rules_json();
end $$;
