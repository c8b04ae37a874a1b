-- Whoever gets a row erases now: one of all servers. Nothing while another's run is fresh (it ended since :due, or began less than two hours ago).
-- :due null: somebody asks for it now. Called by server/privacy/eraser.ts.
insert into setting (key, value) values ('erasure', jsonb_build_object('began_at', :now::timestamptz))
on conflict (key) do update set value = setting.value || jsonb_build_object('began_at', :now::timestamptz), updated_at = :now::timestamptz
where (setting.value ->> 'began_at' is null or (setting.value ->> 'began_at')::timestamptz < :now::timestamptz - interval '2 hours')
  and (:due::timestamptz is null or setting.value ->> 'ended_at' is null or (setting.value ->> 'ended_at')::timestamptz < :due::timestamptz)
returning true as mine
