-- How a month was drawn, and how many of its cases are over. Called by server/stats/reviews.ts.
select m.seed, m.share, m.pool, m.drawn_at,
  (select count(*) from incident i where i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz and i.simulated = :simulated::boolean
    and i.status in ('closed', 'cancelled', 'handed_over')) as over
from (select 1) one left join review_month m on m.month = :month and m.simulated = :simulated::boolean
