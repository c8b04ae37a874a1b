-- The stretches of every screen since :since, one scene after another taken together: screen, from, to, why stale. Called by
-- server/routes/screens.ts.
with span as (
  select screen_id, began_at, ended_at, stale_reason, loaded,
    lag(stale_reason) over w is distinct from stale_reason or lag(ended_at) over w is null
      or began_at > lag(ended_at) over w + make_interval(secs => :gap_seconds::double precision) as begins
  from screen_span
  where ended_at >= :since::timestamptz
  window w as (partition by screen_id order by began_at)
), stretch as (
  select *, count(*) filter (where begins) over (partition by screen_id order by began_at) as n from span
)
select jsonb_build_object('screen_id', screen_id, 'began_at', greatest(min(began_at), :since::timestamptz), 'ended_at', max(ended_at), 'stale', min(stale_reason)) as span
from stretch
group by screen_id, n
order by min(began_at) desc
limit 5000
