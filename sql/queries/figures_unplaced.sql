-- Figures whose H3 cells nobody has written down yet, the newest first. Called by server/jobs/figure_cells.ts.
select incident_id, lon, lat from incident_figure where h3_10 is null order by received_at desc limit :limit::integer
