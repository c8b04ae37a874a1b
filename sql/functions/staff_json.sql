-- Somebody of the staff with name and records, for who makes the plan (geo/wire/shift_plan.ts). Never in the log.
create or replace function staff_json(s staff) returns jsonb language sql stable as $$
  select jsonb_build_object('code', s.code, 'active', s.active, 'name', p.name, 'erased', p.erased_at is not null,
    'account', exists (select 1 from account a where a.login = s.code and a.active),
    'records', coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'title', r.title, 'obtained_on', r.obtained_on, 'expires_on', r.expires_on)
      order by r.kind, r.expires_on nulls last, r.title) from staff_record r where r.staff_id = s.id), '[]'))
  from staff_private p where p.staff_id = s.id
$$;
