-- What is still held of one case: rows by store, those with nothing left out. Called by queries/privacy_case.sql and queries/privacy_again.sql.
create or replace function private_held(p_incident_id uuid) returns jsonb language plpgsql stable as $$
declare
  s record;
  v_rows bigint;
  v_held jsonb := '{}';
begin
  for s in select * from private_store() where of_case loop
    execute format('select count(*) from %I t %s where %s.incident_id = $1 and (%s)', s.store, coalesce(s.joined, ''),
      case when s.joined is null then 't' else 'c' end, s.holds) into v_rows using p_incident_id;
    if v_rows > 0 then v_held := v_held || jsonb_build_object(s.store, v_rows); end if;
  end loop;
  return v_held;
end $$;
