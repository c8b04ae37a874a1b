-- The next number of the WIB day of p_received_at, without gaps: the counter's row is held until the transaction ends.
create or replace function next_complaint_number(p_received_at timestamptz, p_simulated boolean) returns text language plpgsql as $$
declare
  v_day date := (p_received_at at time zone 'Asia/Jakarta')::date;
  v_last integer;
begin
  insert into complaint_counter (day, simulated, last) values (v_day, p_simulated, 1)
  on conflict (day, simulated) do update set last = complaint_counter.last + 1 returning last into v_last;
  return format('%s-%s-%s', case when p_simulated then 'SIM-PGD' else 'PGD' end, to_char(v_day, 'YYYYMMDD'), lpad(v_last::text, 4, '0'));
end $$;
