-- All closures in force or to come: what every log line about closures carries, so that screens replace theirs.
create or replace function closures_told(p_now timestamptz, p_simulated boolean) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(closure_json(c) order by c.starts_at, c.id), '[]') from closure c
  where c.deleted_at is null and c.ends_at > p_now and c.simulated = p_simulated
$$;
