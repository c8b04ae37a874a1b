-- Keeps a setting of the installation, in the transaction that writes what it speaks of. Called as sql/queries/setting.sql.
insert into setting (key, value) values (:key::text, :value::jsonb) on conflict (key) do update set value = excluded.value, updated_at = now()
