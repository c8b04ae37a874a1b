-- The alias that says the same of the same target: of one type and name within 500 m, bare points within 150 m. Null when there is none.
-- Locks the table, so that two that propose it at once count one row up. Called by alias_propose and alias_add.
create or replace function alias_known(n alias) returns alias language plpgsql as $$
declare
  v_found "alias";
begin
  lock table alias in share row exclusive mode;
  select * into v_found from alias a
  where a.alias = n.alias and a.simulated = n.simulated and a.target_type = n.target_type and lower(a.target_name) is not distinct from lower(n.target_name)
    and st_distance(a.location::geography, n.location::geography) <= case when n.target_type = 'point' then 150 else 500 end
  order by a.location <-> n.location limit 1;
  return v_found;
end $$;
