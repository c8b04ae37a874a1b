-- Locks incidents in the order of their ids, as every verb that touches several must, so that no two wait for each other.
create or replace function incident_lock(p_ids uuid[], p_simulated boolean) returns void language plpgsql as $$
begin
  perform 1 from incident where id = any (p_ids) and simulated = p_simulated order by id for update;
end $$;
