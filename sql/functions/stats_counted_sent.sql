-- stats_counted by agency or unit (p_by): an incident counts in each that was sent (stats_sent). The many are joined once and counted for all stages; of the few
-- that run each is asked for its own. Called by stats_stages. One plain select: it is inlined.
create or replace function stats_counted_sent(p_by text, p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (key text, stage text, code integer, running boolean, n bigint) language sql stable parallel safe as $$
  select g.key::text, g.stage, g.code, false, g.n
  from (
    select a.key, s.open, s.late_entry, coalesce(s.agent, s.opd, s.fire) as code, count(*) as n,
      case when grouping(s.agent) = 0 then 'agent' when grouping(s.opd) = 0 then 'opd' when grouping(s.fire) = 0 then 'fire' when grouping(s.open) = 0 then 'open'
        else 'late_entry' end as stage
    from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
    group by grouping sets ((a.key, s.agent), (a.key, s.opd), (a.key, s.fire), (a.key, s.open), (a.key, s.late_entry))
  ) g
  where case g.stage when 'open' then g.open when 'late_entry' then g.late_entry when 'agent' then g.code <> -1 else g.code not in (-1, -3) end
  union all
  select a.key::text, r.stage, r.code, true, count(*)
  from stats_figure(p_from, p_to, p_now, p_simulated) s
  cross join lateral (values ('agent', s.agent, s.agent_now), ('opd', s.opd, s.opd_now), ('fire', s.fire, s.fire_now)) r (stage, state, code)
  cross join lateral (
    select distinct case p_by when 'agency' then a.agency_id when 'unit' then a.unit_id end as key
    from assignment a
    where a.incident_id = s.id and a.status not in ('declined', 'cancelled') and (p_by = 'agency' or a.unit_id is not null)
  ) a
  where (s.agent = -1 or s.opd = -1 or s.fire = -1) and r.state = -1
  group by 1, 2, 3
$$;
