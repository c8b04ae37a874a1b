-- One batch of figures written anew. Called by server/db/migrate.ts.
select incident_figure_fill(:at::timestamptz, :id::uuid, :limit::integer) as last
