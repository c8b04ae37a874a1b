-- One row per incident of [:from, :to) with the stage asked for (:stage 'agent', 'opd' or 'fire', the last of fires alone) and where it was: what the smoothed
-- surface is made of. `code`: as of stats_cells. Called by server/routes/stats.ts.
select s.lon, s.lat,
  stats_stage_code(:stage::text, s.agent, s.agent_now, s.opd, s.opd_now, s.fire, s.fire_now) as code
from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
where :stage::text <> 'fire' or s.incident_type like 'kebakaran%'
