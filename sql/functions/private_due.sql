-- Cases that ended before p_cutoff and still hold something of a period, at most p_limit of each store. Called by privacy_erase_due.
create or replace function private_due(p_period text, p_cutoff timestamptz, p_limit integer) returns uuid[] language plpgsql stable as $$
declare
  s record;
  v_more uuid[];
  v_due uuid[] := '{}';
begin
  for s in select * from private_store() where of_case and period = p_period loop
    execute format('select array(select distinct i.id from %I t %s join incident i on i.id = %s.incident_id
      where not i.open and coalesce(i.closed_at, i.ended_at) < $1 and (%s) and private_ended_at(i) < $1 limit $2)',
      s.store, coalesce(s.joined, ''), case when s.joined is null then 't' else 'c' end, s.holds) into v_more using p_cutoff, p_limit;
    v_due := v_due || v_more;
  end loop;
  return array(select distinct unnest from unnest(v_due) limit p_limit);
end $$;
