-- Erases what is of no case and older than p_cutoff, at most p_limit rows of each store; answers the rows it changed, by store. Called by privacy_erase_due.
create or replace function private_clear_alone(p_period text, p_cutoff timestamptz, p_limit integer, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  s record;
  v_rows bigint;
  v_done jsonb := '{}';
begin
  for s in select * from private_store() where alone is not null and period = p_period loop
    execute format('with due as (select t.ctid from %I t %s where (%s) and (%s) limit $3) ', s.store, coalesce(s.joined, ''), s.alone, s.holds)
      || case when s.cleared is null then format('delete from %I t using due where t.ctid = due.ctid and $2 is not null', s.store)
        else format('update %I t set %s from due where t.ctid = due.ctid and $2 is not null', s.store, s.cleared) end
      using p_cutoff, p_now, p_limit;
    get diagnostics v_rows = row_count;
    if v_rows > 0 then v_done := v_done || jsonb_build_object(s.store, v_rows); end if;
  end loop;
  return v_done;
end $$;
