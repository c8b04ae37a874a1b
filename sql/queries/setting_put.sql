-- Keeps a setting of the installation, in the transaction that writes what it speaks of. Called by server/demo/history.ts and server/import/tidy.ts.
insert into setting (key, value) values (:key::text, :value::jsonb) on conflict (key) do update set value = excluded.value, updated_at = now()
