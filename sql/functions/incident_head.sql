-- The incident at the end of a chain of merges: itself when it was not merged.
create or replace function incident_head(p_id uuid) returns uuid language sql stable as $$
  with recursive up as (
    select id, duplicate_of from incident where id = p_id
    union all
    select i.id, i.duplicate_of from incident i join up on i.id = up.duplicate_of
  )
  select id from up where duplicate_of is null
$$;
