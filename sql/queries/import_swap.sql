-- Makes staged versions, master data and closures the city's. Called by server/import/swap.ts.
select import_swap(:import_id::bigint, :version_ids::bigint[], :city::jsonb, :master::jsonb, :built_in::boolean, :actor::text, :now::timestamptz,
  :closures::jsonb, :simulated::boolean) as result
