-- Appends the line of a decision on a name: accepted ones whole, rejected ones by a digest. Called by alias_decide and alias_add.
create or replace function alias_told(b alias, a alias, p_actor text, p_now timestamptz) returns bigint language plpgsql as $$
begin
  return append_event('alias.' || a.status, p_actor, null, p_now, p_now, a.simulated, jsonb_build_object(
    'alias_id', a.id, 'before', jsonb_build_object('status', b.status), 'after', case when a.status = 'accepted' then alias_json(a) end,
    'private', jsonb_build_object('alias', private_digest(a.salt, a.alias))));
end $$;
