-- How many incidents of [p_from, p_to) have the same number in a stage, by group (stats_key; kecamatan as kelurahan); beside the stages, how many are 'open'
-- and a 'late_entry'. Called by stats_stages. One plain select: it is inlined.
create or replace function stats_counted(p_by text, p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (key text, stage text, code integer, running boolean, n bigint) language sql stable parallel safe as $$
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'agent', s.agent, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.agent <> -1 group by 1, 3
  union all
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'agent', s.agent_now, true, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.agent = -1 group by 1, 3
  union all
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'opd', s.opd, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.opd <> -1 and s.opd <> -3 group by 1, 3
  union all
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'opd', s.opd_now, true, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.opd = -1 group by 1, 3
  union all
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'fire', s.fire, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.fire <> -1 and s.fire <> -3 group by 1, 3
  union all
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'fire', s.fire_now, true, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.fire = -1 group by 1, 3
  union all
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'open', null, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.open group by 1
  union all
  select stats_key(p_by, s.received_at, s.incident_type, s.priority, s.kelurahan_code, s.created_by), 'late_entry', null, false, count(*) from stats_figure(p_from, p_to, p_now, p_simulated) s
  where s.late_entry group by 1
$$;
