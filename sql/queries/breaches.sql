-- Suspected breaches, the running ones first, newest first. Called by server/routes/breaches.ts.
select breach_json(b) as breach from breach b where b.simulated = :simulated::boolean order by b.concluded_at is not null, b.found_at desc, b.id
