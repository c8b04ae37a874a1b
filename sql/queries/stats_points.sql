-- One row per incident of [:from, :to) with the stage asked for (:stage 'agent', 'opd' or 'fire', the last of fires alone) and where it was: what the smoothed
-- surface is made of. `code`: as of stats_cells. Called by server/routes/stats.ts.
select s.lon, s.lat,
  case :stage::text
    when 'agent' then coalesce(s.agent_now | 1073741824, s.agent)
    when 'opd' then coalesce(s.opd_now | 1073741824, s.opd)
    else coalesce(s.fire_now | 1073741824, s.fire)
  end as code
from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
where :stage::text <> 'fire' or s.incident_type like 'kebakaran%'
