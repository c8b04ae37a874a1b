-- What the database holds: decides about demo mode and first seeding (server/main.ts).
select exists (select 1 from incident where not simulated) or exists (select 1 from call where not simulated) as has_real,
  exists (select 1 from incident where simulated) as has_simulated,
  exists (select 1 from layer_version where status = 'live') as has_city,
  (select log_id from log_head) as log_id
