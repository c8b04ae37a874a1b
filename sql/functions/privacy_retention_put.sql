-- Verb: an admin says how many days each kind of personal data is kept (PUT /api/privacy/retention). p_days as geo/privacy/retention.ts has it. The same again: no line.
create or replace function privacy_retention_put(p_days jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns void language plpgsql as $$
declare
  v_before jsonb;
begin
  insert into setting (key, value, updated_at) values ('retention', '{}', p_now) on conflict do nothing;
  select value into v_before from setting where key = 'retention' for update;
  if v_before || p_days = v_before then return; end if;
  update setting set value = v_before || p_days, updated_at = p_now where key = 'retention';
  perform append_event('privacy.retention', p_actor, null, p_now, p_now, p_simulated,
    jsonb_build_object('before', jsonb_changed(v_before, v_before || p_days), 'after', v_before || p_days));
end $$;
