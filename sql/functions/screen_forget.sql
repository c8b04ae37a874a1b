-- Verb: a screen that is gone for good leaves the list (DELETE /api/screens/:id), with its name and settings; SG404 where it is not on it. What it
-- painted stays: a replay tells it. One that still paints comes back by itself.
create or replace function screen_forget(p_id text, p_actor text, p_now timestamptz) returns void language plpgsql as $$
begin
  delete from screen where id = p_id;
  if not found then perform fail('SG404', 'id', 'layar tidak dikenal'); end if;
  perform append_event('screen.forgotten', p_actor, null, p_now, p_now, false, jsonb_build_object('screen_id', p_id));
end $$;
