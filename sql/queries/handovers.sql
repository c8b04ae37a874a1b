-- Hand-over notes of shifts that began from one day to another, both inclusive, newest first. Called by server/routes/handovers.ts.
select handover_json(h) as note from handover h where h.simulated = :simulated::boolean and h.day >= :from::date and h.day <= :to::date
order by h.day desc, array_position(array['pagi', 'sore', 'malam'], h.shift) desc limit 200
