-- Complaints of which a term has passed. Called by server/jobs/complaint_terms.ts.
select id from complaint
where simulated = :simulated::boolean and ((status in ('received', 'being_handled') and officer_due_at < :now::timestamptz) or (status = 'answered' and reopen_until < :now::timestamptz))
order by id limit 200
