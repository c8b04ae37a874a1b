-- stats_counted by agency or unit (p_by): an incident counts in each that was sent (stats_sent). Called by stats_stages.
create or replace function stats_counted_sent(p_by text, p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (key text, stage text, code integer, running boolean, n bigint) language sql stable parallel safe as $$
  select a.key::text, 'agent', s.agent, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.agent <> -1 group by 1, 3
  union all
  select a.key::text, 'agent', s.agent_now, true, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.agent = -1 group by 1, 3
  union all
  select a.key::text, 'opd', s.opd, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.opd <> -1 and s.opd <> -3 group by 1, 3
  union all
  select a.key::text, 'opd', s.opd_now, true, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.opd = -1 group by 1, 3
  union all
  select a.key::text, 'fire', s.fire, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.fire <> -1 and s.fire <> -3 group by 1, 3
  union all
  select a.key::text, 'fire', s.fire_now, true, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.fire = -1 group by 1, 3
  union all
  select a.key::text, 'open', null, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.open group by 1
  union all
  select a.key::text, 'late_entry', null, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s join stats_sent(p_by) a on a.incident_id = s.id
  where s.late_entry group by 1
$$;
