-- Keeps `position` in one partition a WIB day: makes those of today and the two days after, drops those older than p_keep_days (in one
-- stroke, without touching a row). Called at start and each hour by
-- server/jobs/housekeeping.ts; answers the names made and dropped.
create or replace function position_partitions(p_now timestamptz, p_keep_days integer) returns text[] language plpgsql as $$
declare
  v_today date := (p_now at time zone 'Asia/Jakarta')::date;
  v_day date;
  v_from timestamptz;
  v_name text;
  v_changed text[] := '{}';
begin
  -- Another server does it now, or a backup reads (queries/backup_partitions_stay.sql): whoever waited for it with a lock would hold up every position.
  if not pg_try_advisory_xact_lock(hashtext('position_partitions')) then return v_changed; end if;
  for v_day in select generate_series(v_today, v_today + 2, interval '1 day')::date loop
    v_name := 'position_' || to_char(v_day, 'YYYYMMDD');
    v_from := v_day::timestamp at time zone 'Asia/Jakarta';
    -- Fixes that came while there was no partition lie in the default one, and stay there.
    continue when to_regclass(v_name) is not null
      or exists (select 1 from position_default where received_at >= v_from and received_at < v_from + interval '1 day');
    execute format('create table %I partition of position for values from (%L) to (%L)', v_name, v_from, v_from + interval '1 day');
    v_changed := v_changed || v_name;
  end loop;
  for v_name in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'position'::regclass and c.relname ~ '^position_\d{8}$' and to_date(right(c.relname, 8), 'YYYYMMDD') < v_today - p_keep_days
  loop
    execute format('drop table %I', v_name);
    v_changed := v_changed || ('-' || v_name);
  end loop;
  delete from position_default where received_at < p_now - make_interval(days => p_keep_days);
  return v_changed;
end $$;
