-- What the database holds: decides about demo mode. Called by who asks server/worlds.ts.
select exists (select 1 from incident where not simulated) or exists (select 1 from call where not simulated) as has_real
