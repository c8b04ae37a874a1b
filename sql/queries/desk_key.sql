-- The key by which desks encrypt what they keep, made by whoever asks first; null when another asks at the same moment: ask again. Called by server/verbs/desk_key.ts.
with made as (
  insert into setting (key, value) values ('desk_key', to_jsonb(:fresh::text)) on conflict (key) do nothing returning value
)
select coalesce((select value from made), (select value from setting where key = 'desk_key')) #>> '{}' as key
