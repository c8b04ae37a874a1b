-- A setting, or null. Called by server/import/built_in.ts and server/map/store.ts.
select (select value from setting where key = :key::text) as value
