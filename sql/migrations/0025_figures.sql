-- What figures of incidents are made of: a narrow row for each, since a month may have a million and an incident's own row is wide. It is
-- derived from `incident` alone (functions/incident_figure_of.sql) and kept in step in the same transaction (functions/incident_figure_follow.sql).
-- States: 'e' ended, 'r' running, 'm' missing, 'n' not begun. Seconds are exact and stand only where a stage ended: running ones are told at the time asked.
create table incident_figure (
  incident_id uuid primary key references incident on delete cascade,
  received_at timestamptz not null,
  lon double precision not null, lat double precision not null,
  agent_seconds double precision, opd_seconds double precision, fire_seconds double precision,
  dispatched_at timestamptz,
  -- The H3 cell on each level, filled within seconds by the server (server/jobs/figure_cells.ts); null until then, and told by lon and lat.
  h3_7 bigint, h3_8 bigint, h3_9 bigint, h3_10 bigint,
  agent_state "char" not null, opd_state "char" not null, fire_state "char" not null,
  simulated boolean not null, counted boolean not null, open boolean not null, late_entry boolean not null, priority smallint not null,
  kelurahan_code text, incident_type text not null, created_by text not null
) with (fillfactor = 90);
create index incident_figure_received on incident_figure (received_at);
create index incident_figure_unplaced on incident_figure (received_at) where h3_10 is null;
