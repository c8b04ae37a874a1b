-- The incidents of [:from, :to) by area on a level (:level 'h3-7' to 'h3-10', 'kelurahan' or 'kecamatan') in the stage asked for (:stage 'agent', 'opd' or
-- 'fire', the last of fires alone): what geo/stats/cells.ts makes figures of. `codes` has four bytes, most significant first, of each incident: its stage's
-- number (geo/stats/stage_code.ts). Those whose H3 cell nobody has written down yet come one by one, with lon and lat. Called by server/stats/sla_cells.ts.
with told as (
  select
    case :level::text when 'h3-7' then s.h3_7 when 'h3-8' then s.h3_8 when 'h3-9' then s.h3_9 when 'h3-10' then s.h3_10 end as cell,
    case when :level::text in ('kelurahan', 'kecamatan') then s.kelurahan_code end as kelurahan_code,
    s.lon, s.lat, s.open,
    stats_stage_code(:stage::text, s.agent, s.agent_now, s.opd, s.opd_now, s.fire, s.fire_now) as code
  from stats_figure(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
  where :stage::text <> 'fire' or s.incident_type like 'kebakaran%'
)
select to_hex(cell) as area, null::double precision as lon, null::double precision as lat, count(*) filter (where open)::integer as open,
  string_agg(int4send(code), ''::bytea) as codes
from told where :level::text like 'h3-%' and cell is not null group by cell
union all
select null, lon, lat, open::integer, int4send(code) from told where :level::text like 'h3-%' and cell is null
union all
select case when :level::text = 'kecamatan' then k.kecamatan_code else t.kelurahan_code end, null, null, count(*) filter (where t.open)::integer,
  string_agg(int4send(t.code), ''::bytea)
from told t join kelurahan k on k.code = t.kelurahan_code where :level::text in ('kelurahan', 'kecamatan') group by 1
