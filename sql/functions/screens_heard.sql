-- Keeps what screens told since the last time: the newest word of each, and their stretches, of which the latest goes on where it is still
-- the same state without a gap of p_gap, whichever server heard it. Called by server/live/screens.ts each few seconds; no verb: nothing of
-- the log follows from it.
create or replace function screens_heard(p_screens jsonb, p_spans jsonb, p_gap interval) returns void language plpgsql as $$
declare
  s record;
  v_last screen_span;
begin
  insert into screen as k (id, role, first_seen_at, last_seen_at, last_frame_at, version, heap_mb, contexts, stale_reason, scene, sound, loaded, dom_nodes, seq)
  select x.screen_id, x.role, x.heard_at, x.heard_at, x.painted_at, x.version, x.heap_mb, x.contexts, x.stale, x.scene, x.sound, x.loaded, x.dom_nodes, x.seq
  from jsonb_to_recordset(p_screens) as x(screen_id text, role text, heard_at timestamptz, painted_at timestamptz, version text, heap_mb real,
    contexts integer, stale text, scene text, sound text, loaded text, dom_nodes integer, seq bigint)
  order by x.screen_id
  on conflict (id) do update set role = excluded.role, first_seen_at = coalesce(k.first_seen_at, excluded.first_seen_at),
    last_seen_at = excluded.last_seen_at, last_frame_at = excluded.last_frame_at, version = excluded.version, heap_mb = excluded.heap_mb,
    contexts = excluded.contexts, stale_reason = excluded.stale_reason, scene = excluded.scene, sound = excluded.sound,
    loaded = excluded.loaded, dom_nodes = excluded.dom_nodes, seq = excluded.seq
  where k.last_seen_at is null or k.last_seen_at <= excluded.last_seen_at;

  for s in
    select * from jsonb_to_recordset(p_spans) as x(screen_id text, began_at timestamptz, ended_at timestamptz, stale text, scene text, version text, loaded text)
    order by x.screen_id, x.began_at
  loop
    select * into v_last from screen_span where screen_id = s.screen_id order by began_at desc limit 1;
    if found and (v_last.stale_reason, v_last.scene, v_last.version, v_last.loaded) is not distinct from (s.stale, s.scene, s.version, s.loaded)
      and s.began_at <= v_last.ended_at + p_gap and s.ended_at >= v_last.began_at then
      update screen_span set ended_at = greatest(ended_at, s.ended_at) where screen_id = s.screen_id and began_at = v_last.began_at;
    else
      insert into screen_span (screen_id, began_at, ended_at, stale_reason, scene, version, loaded)
      values (s.screen_id, s.began_at, s.ended_at, s.stale, s.scene, s.version, s.loaded)
      on conflict (screen_id, began_at) do update set ended_at = greatest(screen_span.ended_at, excluded.ended_at);
    end if;
  end loop;
end $$;
