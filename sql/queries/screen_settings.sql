-- What a screen is set to; no row: nothing, or not this one's business.
select s.id, s.settings, s.settings_at, s.settings_by from screen s
where s.id = :id and s.settings_at is not null and (:any::boolean or screen_is_of(s.credential_id, :credential::uuid, :now::timestamptz))
