-- The newest erasures, without words. Called by server/routes/privacy.ts.
select e.rule, e.period, e.cases, e.erased, e.at, e.actor, i.number from erasure e left join incident i on i.id = e.incident_id order by e.at desc, e.id limit :limit::integer
