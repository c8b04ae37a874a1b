-- Codes that rows of an import may refer to (all, and those the city entered itself), and the agency kinds that incident types
-- ask for. Called by server/import/references.ts.
select array(select code from agency where active) as agencies, array(select code from agency where active and not built_in) as own_agencies,
  array(select code from station where active) as stations, array(select code from station where active and not built_in) as own_stations,
  array(select distinct agency_kind from incident_type_need order by 1) as kinds
