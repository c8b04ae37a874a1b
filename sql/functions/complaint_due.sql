-- Verb: what a passed term does to one complaint by itself (server/jobs/complaint_terms.ts): past the officer's deadline it goes up to the Kominfo official, past
-- the term of reopening an answered one is closed. Looked at again under the lock, so what somebody did meanwhile stands. Answers whether anything was done.
create or replace function complaint_due(p_id uuid, p_actor text, p_now timestamptz) returns boolean language plpgsql as $$
declare
  b complaint;
  c complaint;
  v_rules complaint_rules;
begin
  select * into v_rules from complaint_rules for share;
  select * into b from complaint where id = p_id for update;
  if b.status in ('received', 'being_handled') and p_now > b.officer_due_at then
    update complaint set status = 'escalated', escalated_at = p_now, escalation = 'deadline', official_due_at = working_day_end(p_now, v_rules.official_days),
      revision = revision + 1 where id = p_id returning * into c;
    perform complaint_note_add(c.id, 'escalate', null, p_actor, p_now);
  elsif b.status = 'answered' and p_now > b.reopen_until then
    update complaint set status = 'closed', closed_at = p_now, revision = revision + 1 where id = p_id returning * into c;
    perform complaint_note_add(c.id, 'close', null, p_actor, p_now);
  else return false;
  end if;
  perform append_event(case c.status when 'escalated' then 'complaint.escalated' else 'complaint.closed' end, p_actor, null, p_now, p_now, c.simulated,
    jsonb_build_object('before', jsonb_changed(complaint_json(b), complaint_json(c)), 'after', complaint_json(c)));
  return true;
end $$;
