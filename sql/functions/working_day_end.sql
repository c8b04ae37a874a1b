-- The end (24.00 WIB) of the p_days-th working day after the day of p_at: Saturdays, Sundays and rows of `holiday` do not count, nor does the day itself.
-- The same as geo/sla/working_days.ts.
create or replace function working_day_end(p_at timestamptz, p_days integer) returns timestamptz language sql stable as $$
  select (day + 1)::timestamp at time zone 'Asia/Jakarta' from (
    select d.day, row_number() over (order by d.day) as n
    from (select (p_at at time zone 'Asia/Jakarta')::date + k as day from generate_series(1, p_days * 2 + 7 + (select count(*)::integer from holiday)) k) d
    where extract(isodow from d.day) < 6 and not exists (select 1 from holiday h where h.day = d.day)
  ) w where n = p_days
$$;
