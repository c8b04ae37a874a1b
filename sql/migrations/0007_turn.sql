-- Turns that take time or are forbidden: a line of three points, from the road that is left over the junction to the road taken.
-- Kept as drawn and found again in whatever roads are live (geo/roads/turns.ts). seconds null: forbidden; only_turn: every other one is.
alter table layer_version drop constraint layer_version_layer_check;
alter table layer_version add constraint layer_version_layer_check check (layer in
  ('kelurahan','neighbour','road','street','place','facility','flood','water','rail','building','landuse','outline','neighbourhood','turn'));

create table layer_turn (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, seconds real check (seconds >= 0), only_turn boolean not null default false,
  geom geometry(LineString, 4326) not null check (st_numpoints(geom) = 3),
  primary key (version_id, id)
);
create view turn as select l.* from layer_turn l join layer_version v on v.id = l.version_id and v.status = 'live';
