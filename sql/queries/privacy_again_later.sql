-- Of cases that were erased on request, how many hold something again and cannot be erased now, being open or on hold in what was restored. Called by
-- server/backup/load.ts.
select count(*) as cases from incident i where i.id = any (:ids::uuid[]) and private_ended_at(i) is null and private_held(i.id) <> '{}'
