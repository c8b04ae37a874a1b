-- Verb: every rob of the one press is over, those to come included (routes/closures.ts). SG404 when there is none. Answers {ended, seq}.
create or replace function closure_rob_end(p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_n integer;
  v_seq bigint;
begin
  lock table closure in share row exclusive mode;
  v_n := closure_retire('rob', p_now, p_simulated);
  if v_n = 0 then perform fail('SG404', 'rob', 'tidak ada rob seperti 2021 yang berlaku'); end if;
  v_seq := append_event('closure.rob_ended', p_actor, null, p_now, p_now, p_simulated,
    jsonb_build_object('ended', v_n, 'closures', closures_told(p_now, p_simulated)));
  return jsonb_build_object('ended', v_n, 'seq', v_seq);
end $$;
