-- Verb: what a screen is set to (PUT /api/screens/:id/settings), by itself or by an admin (p_any). Of a screen not seen before a row is made. The name is free
-- text: the log holds only that it changed. Answers the row; the same settings again: no line.
create or replace function screen_settings_put(
  p_id text, p_settings jsonb, p_credential uuid, p_any boolean, p_actor text, p_now timestamptz
) returns jsonb language plpgsql as $$
declare
  s screen;
  v_before jsonb;
begin
  insert into screen (id) values (p_id) on conflict (id) do nothing;
  select * into s from screen where id = p_id for update;
  if not p_any and not screen_is_of(s.credential_id, p_credential, p_now) then
    perform fail('SG409', 'id', 'nama layar ini dipakai layar lain');
  end if;
  v_before := s.settings;
  update screen set settings = p_settings, name = nullif(p_settings ->> 'name', ''), settings_at = p_now, settings_by = p_actor,
    credential_id = case when p_any then credential_id else (select coalesce(c.parent_id, c.id) from credential c where c.id = p_credential) end
  where id = p_id returning * into s;
  if v_before is distinct from p_settings then
    perform append_event('screen.settings', p_actor, null, p_now, p_now, false, jsonb_build_object(
      'screen_id', p_id, 'before', v_before - 'name', 'after', p_settings - 'name',
      'renamed', coalesce(v_before ->> 'name', '') is distinct from p_settings ->> 'name'));
  end if;
  return jsonb_build_object('id', s.id, 'settings', s.settings, 'settings_at', s.settings_at, 'settings_by', s.settings_by);
end $$;
