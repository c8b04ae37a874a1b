-- The stages of the incidents of [:from, :to) by group (:by), shaped as geo/wire/performance.ts `performanceRow` without what calls and assignments add.
-- Groups without a case too. Called by server/stats/performance.ts.
with told as (
  select * from stats_stages(:by::text, :from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean)
),
kept as (
  -- A key of null is a group of its own: what lies in no kelurahan.
  select t.key, coalesce(max(t.incidents) filter (where t.stage = 'agent'), 0)::integer as incidents,
    coalesce(max(t.incidents) filter (where t.stage = 'open'), 0)::integer as open,
    coalesce(max(t.incidents) filter (where t.stage = 'late_entry'), 0)::integer as late_entries
  from told t group by t.key
),
figures as (
  select t.key, t.stage, stats_stage_performance(t.n, t.breached, t.running, t.missing, t.seconds, t.ended, t.censored) as figures
  from told t where t.stage in ('agent', 'opd', 'fire')
)
select coalesce(g.key, k.key) as key, case when :by::text = 'operator' then k.key else g.name end as name, coalesce(k.incidents, 0) as incidents,
  coalesce(k.open, 0) as open, coalesce(k.late_entries, 0) as late_entries,
  coalesce(agent.figures, none.figures) as agent, coalesce(opd.figures, none.figures) as opd, coalesce(fire.figures, none.figures) as fire,
  coalesce(g.in_use, true) as in_use
from stats_groups(:by::text) g
full join kept k on k.key = g.key
left join figures agent on agent.key is not distinct from coalesce(g.key, k.key) and agent.stage = 'agent'
left join figures opd on opd.key is not distinct from coalesce(g.key, k.key) and opd.stage = 'opd'
left join figures fire on fire.key is not distinct from coalesce(g.key, k.key) and fire.stage = 'fire'
cross join (select stats_stage_performance(0, 0, 0, 0, null, null, null) as figures) none
order by g.ord nulls last, key nulls last
