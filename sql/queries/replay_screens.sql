-- What stood on the walls from :from to :to: each stretch in which a screen painted in one state, oldest first, with the name the room gave it. Null where
-- nothing so old is kept: then nobody knows, which is another thing than that no screen painted. Called by server/replay/past.ts.
select case when exists (select from screen_span where began_at <= :to::timestamptz) then (
  select coalesce(jsonb_agg(jsonb_build_object('screen_id', s.screen_id, 'name', coalesce(nullif(k.settings ->> 'name', ''), k.name),
    'began_at', s.began_at, 'ended_at', s.ended_at, 'stale', s.stale_reason, 'scene', s.scene) order by s.began_at, s.screen_id), '[]')
  from (
    select * from screen_span where began_at <= :to::timestamptz and ended_at >= :from::timestamptz order by began_at limit 20000
  ) s left join screen k on k.id = s.screen_id
) end as spans
