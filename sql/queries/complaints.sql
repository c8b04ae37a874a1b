-- Complaints as in a list, masked: the open ones by deadline, or those that are answered or closed, newest first. Called by server/routes/complaints.ts.
select complaint_row(c) as complaint from complaint c
where c.simulated = :simulated::boolean and c.open = :open::boolean
order by case when c.open then coalesce(c.official_due_at, c.officer_due_at) end, c.received_at desc, c.id limit 500
