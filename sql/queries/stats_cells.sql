-- One row per incident of [:from, :to) with the stage asked for (:stage 'agent', 'opd' or 'fire', the last of fires alone), where it was, and whether it is
-- still open: what geo/stats/cells.ts makes areas of. Called by server/routes/stats.ts.
select st_x(s.location) as lon, st_y(s.location) as lat, s.kelurahan_code, k.kecamatan_code, s.open,
  case :stage::text when 'agent' then s.agent_state when 'opd' then s.opd_state else s.fire_state end as state,
  case :stage::text when 'agent' then s.agent_seconds when 'opd' then s.opd_seconds else s.fire_seconds end as seconds
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
left join kelurahan k on k.code = s.kelurahan_code
where :stage::text <> 'fire' or s.incident_type like 'kebakaran%'
