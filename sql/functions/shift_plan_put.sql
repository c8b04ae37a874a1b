-- Verb: the plan is changed, all of it or nothing (POST /api/shift-plan). p_input {changes: [{day, shift, code, on}]}. What is so already is no change; no change: no line.
create or replace function shift_plan_put(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_unknown text;
  v_done jsonb;
begin
  select r.code into v_unknown from jsonb_to_recordset(p_input -> 'changes') as r(code text, "on" boolean)
  where not exists (select 1 from staff s where s.code = r.code and s.simulated = p_simulated and (s.active or not r."on")) limit 1;
  if v_unknown is not null then perform fail('SG422', 'code', format('%s bukan petugas aktif', v_unknown)); end if;
  with asked as (
    select distinct on (r.day, r.shift, s.id) r.day, r.shift, s.id, s.code, r."on" as wanted
    from rows from (jsonb_to_recordset(p_input -> 'changes') as (day date, shift text, code text, "on" boolean)) with ordinality as r(day, shift, code, "on", nth)
    join staff s on s.code = r.code and s.simulated = p_simulated order by r.day, r.shift, s.id, r.nth desc
  ), put as (
    insert into shift_duty (day, shift, staff_id, planned_at, planned_by)
    select day, shift, id, p_now, p_actor from asked where wanted on conflict do nothing returning day, shift, staff_id
  ), gone as (
    delete from shift_duty d using asked a where not a.wanted and d.day = a.day and d.shift = a.shift and d.staff_id = a.id returning d.day, d.shift, d.staff_id
  )
  select jsonb_agg(jsonb_build_object('day', c.day, 'shift', c.shift, 'code', s.code, 'on', c.wanted) order by c.day, c.shift, s.code) into v_done
  from (select *, true as wanted from put union all select *, false from gone) c join staff s on s.id = c.staff_id;
  if v_done is not null then perform append_event('shift.planned', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object('changes', v_done)); end if;
  return jsonb_build_object('changed', coalesce(jsonb_array_length(v_done), 0));
end $$;
