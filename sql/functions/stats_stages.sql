-- The stages of the incidents of [p_from, p_to) by group (p_by: stats_key, agency or unit), a row for each group and stage that occurs, as stats_stage_figures
-- and stats_stage_performance take them: n = ended, or running but past the limit; the arrays are a histogram in no order. Every incident has an agent stage,
-- so that row counts them too (incidents); rows 'open' and 'late_entry' have theirs there. What districts and performance show; called by
-- queries/stats_districts.sql and stats_performance.sql. One plain select: it is inlined, and of its two arms the planner keeps one. Somebody who acts
-- as `operator:agen3` in the log is told by the login alone, as calls are (answered_by).
create or replace function stats_stages(p_by text, p_from timestamptz, p_to timestamptz, p_now timestamptz, p_simulated boolean)
returns table (
  key text, stage text, n bigint, breached bigint, running bigint, missing bigint, seconds integer[], ended bigint[], censored bigint[], incidents bigint
) language sql stable parallel safe as $$
  select case p_by when 'kecamatan' then k.kecamatan_code when 'operator' then coalesce(o.login, c.key) else c.key end, c.stage,
    coalesce(sum(c.n) filter (where c.code >= 0 and (not c.running or c.code % 2 = 1)), 0)::bigint,
    coalesce(sum(c.n) filter (where c.code >= 0 and c.code % 2 = 1), 0)::bigint,
    coalesce(sum(c.n) filter (where c.running and c.code % 2 = 0), 0)::bigint,
    coalesce(sum(c.n) filter (where c.code = -2), 0)::bigint,
    array_agg(c.code / 2) filter (where c.code >= 0),
    array_agg(case when c.running then 0 else c.n end) filter (where c.code >= 0),
    array_agg(case when c.running then c.n else 0 end) filter (where c.code >= 0),
    sum(c.n)::bigint
  from (
    select * from stats_counted(p_by, p_from, p_to, p_now, p_simulated) where p_by not in ('agency', 'unit')
    union all
    select * from stats_counted_sent(p_by, p_from, p_to, p_now, p_simulated) where p_by in ('agency', 'unit')
  ) c
  left join kelurahan k on p_by = 'kecamatan' and k.code = c.key
  left join account o on p_by = 'operator' and o.login = split_part(c.key, ':', 2)
  group by 1, 2
$$;
