-- One row per incident of [:from, :to) with the stage asked for (:stage 'agent' or 'opd'), where it was, and whether it is
-- still open: what geo/stats/cells.ts makes areas of. Called by server/routes/stats.ts.
select st_x(s.location) as lon, st_y(s.location) as lat, s.kelurahan_code, k.kecamatan_code, s.open,
  case when :stage::text = 'agent' then s.agent_state else s.opd_state end as state,
  case when :stage::text = 'agent' then s.agent_seconds else s.opd_seconds end as seconds
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
left join kelurahan k on k.code = s.kelurahan_code
