-- Who saw what; see sql/functions/private_look.sql. Called by server/routes/privacy.ts.
select * from private_look(:incident_id::uuid, :actor::text, :from::timestamptz, :to::timestamptz, :limit::integer)
