-- The whole picture in one statement, so that it is of one moment. Called by server/live/hub.ts.
select h.seq, h.log_id,
  coalesce((select jsonb_agg(incident_json(i) order by i.received_at) from incident i where i.open and i.simulated = :simulated), '[]') as incidents,
  coalesce((select jsonb_agg(unit_json(u, :simulated) || jsonb_build_object('position', position_json(p) - 'unit_id') order by u.callsign)
            from unit u left join unit_position p on p.unit_id = u.id and p.simulated = :simulated 
            where u.active or exists (select 1 from assignment a where a.unit_id = u.id and a.active and a.simulated = :simulated)), '[]') as units,
  coalesce((select jsonb_agg(jsonb_build_object('id', id, 'code', code, 'name', name, 'kind', kind, 'phone', phone, 'tracked', tracked) order by code) from agency where active), '[]') as agencies,
  coalesce((select jsonb_agg(station_json(s) order by s.code) from station s where s.active), '[]') as stations,
  coalesce((select jsonb_agg(closure_json(c) order by c.starts_at) from closure c where c.deleted_at is null and c.ends_at > :now::timestamptz and c.simulated = :simulated), '[]') as closures,
  -- Those that wait for a desk, or for a word from the one that took them; the oldest first.
  coalesce((select jsonb_agg(call_json(w) order by w.rang_at, w.id) from (
    select * from call c where c.rings and c.kind is null and c.incident_id is null and c.simulated = :simulated order by c.rang_at desc limit 500) w), '[]') as calls
from log_head h where h.id = 1
