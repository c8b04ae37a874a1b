-- Every screen on the list with its newest word; what it has not told yet is null. Called by server/live/screens.ts.
select jsonb_build_object(
  'screen_id', id, 'name', coalesce(nullif(settings ->> 'name', ''), name), 'role', role, 'first_seen_at', first_seen_at, 'heard_at', last_seen_at,
  'painted_at', last_frame_at, 'version', version, 'heap_mb', heap_mb, 'contexts', contexts, 'stale', stale_reason, 'scene', scene, 'sound', sound,
  'loaded', loaded, 'dom_nodes', dom_nodes, 'seq', seq) as screen
from screen
where last_seen_at is not null and (:since::timestamptz is null or last_seen_at >= :since::timestamptz)
order by last_seen_at desc
limit 500
