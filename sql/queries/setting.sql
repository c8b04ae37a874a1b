-- A setting of the installation, or null. Called by server/import/, server/map/store.ts and server/demo/history.ts.
select (select value from setting where key = :key::text) as value
