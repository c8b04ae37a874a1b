-- Where a page of fixes ends that began after :from: when the fix after :limit came in; null when fewer came by :to. Called by server/replay/passage.ts.
select p.received_at::text from unit u
join position p on p.unit_id = u.id and p.received_at > :from::timestamptz and p.received_at <= :to::timestamptz and p.simulated = :simulated::boolean
order by p.received_at offset :limit::integer limit 1
