-- The plan from one day to another, the first inclusive, the last exclusive. Called by server/routes/shift_plan.ts.
select d.day::text, d.shift, s.code from shift_duty d join staff s on s.id = d.staff_id
where s.simulated = :simulated::boolean and d.day >= :from::date and d.day < :to::date order by d.day, d.shift, s.code
