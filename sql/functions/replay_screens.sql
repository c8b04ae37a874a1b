-- What stood on the walls between two moments: each stretch in which a screen painted in one state, oldest first, with the name the room gave it.
-- Null where this installation does not keep them. Called by queries/replay_screens.sql.
create or replace function replay_screens(p_from timestamptz, p_to timestamptz) returns jsonb language plpgsql stable as $$
declare
  v_spans jsonb;
begin
  if to_regclass('screen_span') is null then return null; end if;
  execute $q$select coalesce(jsonb_agg(jsonb_build_object('screen_id', s.screen_id, 'name', coalesce(nullif(k.settings ->> 'name', ''), k.name),
      'began_at', s.began_at, 'ended_at', s.ended_at, 'stale', s.stale_reason, 'scene', s.scene) order by s.began_at, s.screen_id), '[]')
    from (select * from screen_span where began_at <= $2 and ended_at >= $1 order by began_at limit 20000) s left join screen k on k.id = s.screen_id$q$
    into v_spans using p_from, p_to;
  return v_spans;
end $$;
