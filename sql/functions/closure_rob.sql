-- Verb: a rob as in the flood layer, from p_input.starts_at (default now) to p_input.ends_at: one closure for each depth of the layer, all or none
-- (routes/closures.ts); flood_shapes says what they are.
-- SG409 (field flood) without a flood layer, and (field replace) while a rob of this verb is in force or to come, unless p_input.replace.
-- Answers {closures, replaced, seq}.
create or replace function closure_rob(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_starts timestamptz := coalesce((p_input ->> 'starts_at')::timestamptz, p_now);
  v_ends timestamptz := (p_input ->> 'ends_at')::timestamptz;
  v_made jsonb;
  v_replaced integer := 0;
  v_seq bigint;
  v_n bigint;
  v_until timestamptz;
begin
  if v_ends <= v_starts then perform fail('SG422', 'ends_at', 'harus sesudah starts_at'); end if;
  if v_ends <= p_now then perform fail('SG422', 'ends_at', 'sudah lewat'); end if;
  -- Two presses at once: the second waits here and finds what the first made.
  lock table closure in share row exclusive mode;
  select count(*), max(ends_at) into v_n, v_until from closure where origin = 'rob' and simulated = p_simulated and deleted_at is null and ends_at > p_now;
  if v_n > 0 and p_input -> 'replace' is distinct from 'true' then
    perform fail('SG409', 'replace', format('rob seperti 2021 sudah berlaku atau direncanakan s.d. %s WIB (%s penutupan); ganti, atau akhiri dahulu',
      to_char(v_until at time zone 'Asia/Jakarta', 'DD-MM HH24.MI'), v_n));
  end if;
  if v_n > 0 then v_replaced := closure_retire('rob', p_now, p_simulated); end if;
  with made as (
    insert into closure (kind, reason, geom, depth_cm, speed_factor, starts_at, ends_at, simulated, created_by, origin)
    select 'rob', 'Rob seperti 2021, ' || f.words, f.geom, f.depth_cm, 1, v_starts, v_ends, p_simulated, p_actor, 'rob' from flood_shapes() f
    returning *
  )
  select jsonb_agg(closure_json(m::closure) order by m.depth_cm) into v_made from made m;
  if v_made is null then perform fail('SG409', 'flood', 'lapis rob (flood) belum diimpor'); end if;
  v_seq := append_event('closure.rob', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object(
    'after', v_made, 'replaced', v_replaced, 'closures', closures_told(p_now, p_simulated)));
  return jsonb_build_object('closures', v_made, 'replaced', v_replaced, 'seq', v_seq);
end $$;
