-- What a wall was set to, and by whom: {name, inches, distance_m, theme, sound, rotation} as in geo/wire/screen_settings.ts. `credential_id`: what the
-- screen was let in with when it first set itself; as long as that lives, no other screen writes this row. Null: anybody's (demo), or an admin's alone.
alter table screen add settings_at timestamptz, add settings_by text,
  add credential_id uuid references credential on delete set null;
