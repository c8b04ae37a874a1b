-- One unit as on the wire, without its position, bound as it is in one of the two worlds (real or simulated). Called by the verbs of assignments and by queries/live_snapshot.sql.
create or replace function unit_json(u unit, p_simulated boolean) returns jsonb language sql stable as $$
  select unit_row(u, g, s, a, q)
  from agency g
  left join station s on s.id = u.station_id
  left join assignment a on a.unit_id = u.id and a.active and a.queued_behind is null and a.simulated = p_simulated
  left join assignment q on q.unit_id = u.id and q.active and q.queued_behind is not null and q.simulated = p_simulated
  where g.id = u.agency_id
$$;
