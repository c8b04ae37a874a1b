-- Owes the data centre what a case is now, in the caller's transaction; called before its line is appended. What was owed of the case before and is on
-- nobody's wire is superseded: the body is built when it is sent, so the newest tells all. The demo's written history is nobody's case and goes nowhere.
create or replace function outbox_put(p_incident_id uuid, p_simulated boolean, p_reason text, p_actor text, p_now timestamptz) returns void language plpgsql as $$
begin
  if p_actor = 'demo:history' then return; end if;
  update outbox_message set status = 'superseded'
  where incident_id = p_incident_id and status in ('pending', 'dead') and (leased_until is null or leased_until <= p_now);
  insert into outbox_message (incident_id, simulated, reason, created_at, next_try_at) values (p_incident_id, p_simulated, p_reason, p_now, p_now);
end $$;
