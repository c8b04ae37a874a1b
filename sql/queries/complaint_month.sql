-- Complaints received in a period, without anything personal, for figures and CSV. Called by server/routes/complaint_figures.ts.
select complaint_json(c) as complaint from complaint c
where c.simulated = :simulated::boolean and c.received_at >= :from::timestamptz and c.received_at < :to::timestamptz order by c.received_at, c.id
