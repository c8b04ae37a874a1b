-- A setting of the installation, or null. Called by whoever keeps one: server/import/, jobs/, audit/, privacy/, backup/, demo/ and routes/.
select (select value from setting where key = :key::text) as value
