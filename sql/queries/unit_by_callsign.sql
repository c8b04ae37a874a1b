-- For `npm run token -- responder --unit CALLSIGN`.
select id, agency_id from unit where callsign = :callsign and active
