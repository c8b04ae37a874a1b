-- Puts a batch of incidents in the kelurahan they lie in now. Called by server/import/tidy.ts, from the zero uuid on; open ones first.
-- Answers the last id looked at (null at the end), how many were looked at, how many moved.
with batch as (
  select id, location, kelurahan_code, inside_city from incident
  where open = :open::boolean and id > :after::uuid order by id limit :limit::integer
),
placed as (select b.id, locate_kelurahan(b.location) as code from batch b),
moved as (
  update incident i set kelurahan_code = p.code, inside_city = p.code is not null
  from placed p
  where i.id = p.id and (i.kelurahan_code is distinct from p.code or i.inside_city is distinct from (p.code is not null))
  returning 1
)
select (select max(id::text) from batch) as last, (select count(*)::integer from batch) as seen, (select count(*)::integer from moved) as moved
