-- Closures that are not deleted and not over.
select closure_json(c) as closure from closure c where c.deleted_at is null and c.ends_at > :now::timestamptz and c.simulated = :simulated::boolean order by c.starts_at, c.id
