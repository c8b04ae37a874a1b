-- A setting of the demo, or null. Called by server/demo/history.ts.
select (select value from setting where key = :key::text) as value
