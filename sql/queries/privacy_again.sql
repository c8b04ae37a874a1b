-- Of cases that were erased on request, those that hold something again: a restore brought it back. Called by server/privacy/erase_again.ts.
select i.id from incident i where i.id = any (:ids::uuid[]) and private_ended_at(i) is not null and private_held(i.id) <> '{}'
