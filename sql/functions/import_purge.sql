-- Deletes up to p_limit rows of versions that are retired, or were staged over an hour ago and never came live; a version
-- without rows left goes too. Answers how many rows went (0: nothing left). Called by queries/import_purge.sql.
create or replace function import_purge(p_limit integer, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_version record;
  v_table text;
  v_deleted integer;
begin
  for v_version in
    select id, layer from layer_version
    where status = 'retired' or (status = 'staging' and created_at < p_now - interval '1 hour') order by id
  loop
    foreach v_table in array case v_version.layer when 'road' then array['layer_road_edge', 'layer_road_node'] else array['layer_' || v_version.layer] end loop
      execute format('delete from %I where ctid = any (array(select ctid from %I where version_id = $1 limit $2))', v_table, v_table)
        using v_version.id, p_limit;
      get diagnostics v_deleted = row_count;
      if v_deleted > 0 then return v_deleted; end if;
    end loop;
    delete from layer_version where id = v_version.id;
  end loop;
  return 0;
end $$;
