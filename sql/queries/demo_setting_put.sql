-- Keeps a setting of the demo. Called by server/demo/history.ts, in the transaction that writes what it counts.
insert into setting (key, value) values (:key::text, :value::jsonb) on conflict (key) do update set value = excluded.value, updated_at = now()
