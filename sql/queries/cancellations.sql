-- Requests to cancel: of one incident, or all that wait for an answer on cases that are open. Called by server/routes/supervision.ts.
select cancellation_json(c) as request from cancellation_request c join incident i on i.id = c.incident_id
where c.simulated = :simulated::boolean and case when :id::uuid is null then c.status = 'open' and i.open else c.incident_id = :id::uuid end order by c.asked_at
