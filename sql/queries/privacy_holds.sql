-- Cases on hold, with why: for admins alone. Called by server/routes/privacy.ts.
select i.number, k.placed_at, k.placed_by, k.reason from incident_hold k join incident i on i.id = k.incident_id where k.lifted_at is null and i.simulated = :simulated::boolean order by k.placed_at
