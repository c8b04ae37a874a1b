-- Reports of each of these incidents now, by id: what incident_tell sets beside the count after.
create or replace function incident_counts(p_ids uuid[]) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(id, incident_call_count(id)), '{}') from unnest(p_ids) as id
$$;
