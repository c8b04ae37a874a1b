-- Everybody of the staff with name and records, active first. Called by server/routes/shift_plan.ts.
select staff_json(s) as staff from staff s where s.simulated = :simulated::boolean order by s.active desc, s.code
