-- Closures that ended or were lifted within 30 days, the latest first, at most 100.
select closure_json(c) || jsonb_build_object('deleted_at', c.deleted_at) as closure from closure c
where c.simulated = :simulated::boolean and (c.deleted_at is not null or c.ends_at <= :now::timestamptz)
  and coalesce(c.deleted_at, c.ends_at) > :now::timestamptz - interval '30 days'
order by coalesce(c.deleted_at, c.ends_at) desc limit 100
