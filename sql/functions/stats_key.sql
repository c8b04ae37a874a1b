-- The group an incident (or, of shift, hour and weekday, a call) belongs to, by p_by (geo/wire/performance.ts `performanceRow.key`). Times are WIB,
-- which is UTC+7 all year round. Called by stats_counted and the queries stats_mix and stats_calls_by. The same as geo/sla/shift.ts.
create or replace function stats_key(p_by text, p_at timestamptz, p_type text, p_priority smallint, p_kelurahan text, p_operator text)
returns text language sql stable parallel safe as $$
  select case p_by
    when 'total' then 'total'
    when 'incident_type' then p_type
    when 'priority' then p_priority::text
    when 'kelurahan' then p_kelurahan
    when 'kecamatan' then p_kelurahan
    when 'operator' then p_operator
    when 'hour' then mod(floor(date_part('epoch', p_at) / 3600)::bigint + 7, 24)::text
    -- 1 January 1970 was a Thursday.
    when 'weekday' then (mod(floor((date_part('epoch', p_at) + 25200) / 86400)::bigint + 3, 7) + 1)::text
    when 'shift' then
      case
        when mod(floor(date_part('epoch', p_at) / 3600)::bigint + 7, 24) between 8 and 15 then 'pagi'
        when mod(floor(date_part('epoch', p_at) / 3600)::bigint + 7, 24) between 16 and 22 then 'sore'
        else 'malam'
      end
  end
$$;
