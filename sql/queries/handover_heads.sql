-- Which notes of these days there are, without words. Called by server/routes/supervision.ts.
select h.id, h.day::text, h.shift, h.written_by, h.acknowledged_at is not null as acknowledged from handover h
where h.simulated = :simulated::boolean and h.day >= :from::date
