-- Names accepted for places, for geo/address/aliases.ts to put beside the gazetteer's own. Called by server/city/model.ts.
select a.id, a.alias, a.target_type as type, a.target_name as name, a.target_kelurahan_code as kelurahan_code, st_x(a.location) as lon, st_y(a.location) as lat
from alias a where a.status = 'accepted' and a.simulated = :simulated::boolean order by a.decided_at, a.id
