-- Erases what cases hold of some periods, in every store; answers the rows it changed, by store. The caller has locked the cases and appends the line.
create or replace function private_clear(p_periods text[], p_incidents uuid[], p_now timestamptz) returns jsonb language plpgsql as $$
declare
  s record;
  v_rows bigint;
  v_done jsonb := '{}';
begin
  for s in select * from private_store() where of_case and period = any (p_periods) loop
    execute format('with due as (select t.ctid from %I t %s where %s.incident_id = any ($1) and (%s)) ', s.store, coalesce(s.joined, ''),
        case when s.joined is null then 't' else 'c' end, s.holds)
      || case when s.cleared is null then format('delete from %I t using due where t.ctid = due.ctid and $2 is not null', s.store)
        else format('update %I t set %s from due where t.ctid = due.ctid and $2 is not null', s.store, s.cleared) end
      using p_incidents, p_now;
    get diagnostics v_rows = row_count;
    if v_rows > 0 then v_done := v_done || jsonb_build_object(s.store, v_rows); end if;
  end loop;
  return v_done;
end $$;
