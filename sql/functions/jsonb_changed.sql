-- The old values of the keys that differ: `before` of a log line.
create or replace function jsonb_changed(p_before jsonb, p_after jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_before) where p_after -> key is distinct from value
$$;
