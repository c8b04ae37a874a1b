-- Verb: a screen gets the name by which the room knows it (PATCH /api/screens/:id), in its settings too where it has any. SG404 where no such screen was
-- ever heard. The log tells that it was named, not the words. The same again: no line.
create or replace function screen_rename(p_id text, p_name text, p_actor text, p_now timestamptz) returns void language plpgsql as $$
declare
  b screen;
begin
  select * into b from screen where id = p_id for update;
  if not found then perform fail('SG404', 'id', 'layar tidak dikenal'); end if;
  if b.name is not distinct from p_name then return; end if;
  update screen set name = p_name,
    settings = case when settings ? 'name' then jsonb_set(settings, '{name}', to_jsonb(coalesce(p_name, ''))) else settings end
  where id = p_id;
  perform append_event('screen.renamed', p_actor, null, p_now, p_now, false,
    jsonb_build_object('screen_id', p_id, 'before', jsonb_build_object('named', b.name is not null), 'after', jsonb_build_object('named', p_name is not null)));
end $$;
