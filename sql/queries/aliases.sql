-- Names proposed, accepted or rejected (:status, null for all), the most frequent and then the newest first. Called by routes/aliases.ts.
select alias_json(a) as alias from alias a
where a.simulated = :simulated::boolean and (:status::text is null or a.status = :status::text)
order by a.times desc, a.last_at desc, a.id limit 1000
