-- Makes staged versions and master data the city. Called by server/import/swap.ts.
select import_swap(:import_id::bigint, :version_ids::bigint[], :city::jsonb, :master::jsonb, :built_in::boolean, :actor::text, :now::timestamptz) as result
