-- Several servers on one database, and a database that moves (README, "Operation").
-- Where the log lies, as functions/log_cluster.sql tells it; null until the first server noted it.
alter table log_head add column cluster text;
-- See functions/unit_position_taken_in.sql.
alter table unit_position add column taken_in_at timestamptz not null default clock_timestamp();
