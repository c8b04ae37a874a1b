-- The deadlines in working days and the days that are none (geo/wire/complaints.ts).
create or replace function complaint_rules_json() returns jsonb language sql stable as $$
  select to_jsonb(r) - 'id' || jsonb_build_object('holidays', coalesce((select jsonb_agg(jsonb_build_object('day', h.day, 'name', h.name) order by h.day) from holiday h), '[]'))
  from complaint_rules r
$$;
