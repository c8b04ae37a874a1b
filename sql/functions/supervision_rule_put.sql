-- Verb: a rule of the plan or of the draw is changed (PUT /api/shift-rules, /api/review-share); p_key shift_rules or review_share. The same again: no line.
create or replace function supervision_rule_put(p_key text, p_value jsonb, p_actor text, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  b jsonb;
begin
  select value into b from setting where key = p_key for update;
  if b is not distinct from p_value then return p_value; end if;
  insert into setting (key, value, updated_at) values (p_key, p_value, p_now) on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at;
  perform append_event(case p_key when 'shift_rules' then 'shift.rules' else 'review.share' end, p_actor, null, p_now, p_now, false,
    jsonb_build_object('before', b, 'after', p_value));
  return p_value;
end $$;
