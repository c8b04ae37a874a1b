-- What figures of incidents are made of: a narrow row for each, since a month may have a million and an incident's own row is wide. It is
-- derived from `incident` alone (functions/incident_figure_of.sql) and kept in step in the same transaction (functions/incident_figure_follow.sql).
-- A stage is one number, so that many are counted quickly: of one that ended twice its whole seconds, and 1 more where it was late by the exact
-- ones; -1 running (told at the time asked), -2 missing, -3 not begun.
create table incident_figure (
  received_at timestamptz not null,
  agent integer not null, opd integer not null, fire integer not null,
  priority smallint not null,
  simulated boolean not null, counted boolean not null, open boolean not null, late_entry boolean not null,
  -- The H3 cell on each level, filled within seconds by the server (server/jobs/figure_cells.ts); null until then, and told by lon and lat.
  h3_7 bigint, h3_8 bigint, h3_9 bigint, h3_10 bigint,
  kelurahan_code text, incident_type text not null,
  lon double precision not null, lat double precision not null,
  dispatched_at timestamptz,
  created_by text not null,
  incident_id uuid primary key
) with (fillfactor = 90);
create index incident_figure_received on incident_figure (received_at);
-- The few that a count of many looks at one by one.
create index incident_figure_running on incident_figure (received_at) where agent = -1 or opd = -1 or fire = -1;
create index incident_figure_open on incident_figure (received_at) where open;
create index incident_figure_late_entry on incident_figure (received_at) where late_entry;
create index incident_figure_unplaced on incident_figure (received_at) where h3_10 is null;
