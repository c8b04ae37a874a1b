-- The active units of a kind, with the post each belongs to. Called by server/stats/coverage_fleet.ts.
select u.id, u.callsign, u.station_id, u.duty, u.turnout_seconds::float8 as turnout_seconds
from unit u join agency g on g.id = u.agency_id
where g.kind = :agency_kind and u.active order by u.callsign
