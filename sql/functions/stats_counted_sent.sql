-- stats_counted by agency or unit (p_by): an incident counts in each that was sent and neither declined nor was called back. The many are joined once and counted for all stages; of the few
-- that run each is asked for its own. Called by stats_stages. One plain select: it is inlined.
create or replace function stats_counted_sent(p_by text, p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (key text, stage text, code integer, running boolean, n bigint) language sql stable parallel safe as $$
  select g.key::text, g.stage, g.code, false, g.n
  from (
    select j.key, j.open, j.late_entry, coalesce(j.agent, j.opd, j.fire) as code, count(*) as n,
      case when grouping(j.agent) = 0 then 'agent' when grouping(j.opd) = 0 then 'opd' when grouping(j.fire) = 0 then 'fire' when grouping(j.open) = 0 then 'open'
        else 'late_entry' end as stage
    from (
      -- Given twice to one, it counts once there.
      select distinct s.id, case p_by when 'agency' then a.agency_id when 'unit' then a.unit_id end as key, s.agent, s.opd, s.fire, s.open, s.late_entry
      from stats_figure(p_from, p_to, p_now, p_simulated) s join assignment a on a.incident_id = s.id
      where a.status not in ('declined', 'cancelled') and (p_by = 'agency' or a.unit_id is not null)
    ) j
    group by grouping sets ((j.key, j.agent), (j.key, j.opd), (j.key, j.fire), (j.key, j.open), (j.key, j.late_entry))
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
