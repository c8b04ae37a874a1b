-- RT and RW: the neighbourhoods inside a kelurahan. rt null: the row is a whole RW. A row is an area, or the point of its post.
alter table layer_version drop constraint layer_version_layer_check;
alter table layer_version add constraint layer_version_layer_check check (layer in
  ('kelurahan','neighbour','road','street','place','facility','flood','water','rail','building','landuse','outline','neighbourhood'));

create table layer_neighbourhood (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, kelurahan_code text not null,
  rw integer not null check (rw > 0), rt integer check (rt > 0),
  geom geometry(Geometry, 4326) not null check (geometrytype(geom) in ('POINT', 'MULTIPOLYGON')),
  primary key (version_id, id),
  unique nulls not distinct (version_id, kelurahan_code, rw, rt)
);
create index on layer_neighbourhood using gist (geom);
create view neighbourhood as select l.* from layer_neighbourhood l join layer_version v on v.id = l.version_id and v.status = 'live';
