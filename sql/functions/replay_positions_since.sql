-- The first fix that is still kept, of any unit: before it a replay has no positions. Null when none is. Called by queries/replay_head.sql.
-- Partitions go by day, so only the oldest that holds anything is read, and in it one entry of the index for each unit.
create or replace function replay_positions_since(p_simulated boolean) returns timestamptz language plpgsql stable as $$
declare
  v_name text;
  v_first timestamptz;
  v_stray timestamptz;
begin
  select min(received_at) into v_stray from position_default where simulated = p_simulated;
  for v_name in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'position'::regclass and c.relname ~ '^position_\d{8}$' order by c.relname
  loop
    execute format('select min(f.received_at) from unit u cross join lateral (
      select p.received_at from %I p where p.unit_id = u.id and p.simulated = $1 order by p.received_at limit 1) f', v_name) into v_first using p_simulated;
    exit when v_first is not null;
  end loop;
  return least(v_first, v_stray);
end $$;
