-- Foundation: the log, the city, the agencies, calls, incidents, assignments, positions, access.
-- Words are those of README ("Words"); every instant is timestamptz; every geometry is WGS84 lon/lat.
create extension if not exists postgis;

-- ───────────── the log ─────────────
-- One line per committed change of state, numbered without holes in commit order (see functions/append_event.sql).
create table log_head (
  id      smallint primary key default 1 check (id = 1),
  seq     bigint not null default 0,
  hash    text   not null default repeat('0', 64),
  log_id  uuid   not null default gen_random_uuid()
);
insert into log_head default values;

create table event (
  seq          bigint primary key,
  kind         text not null,
  actor        text not null,
  incident_id  uuid,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null,
  simulated    boolean not null,
  line         text not null,           -- the hashed text itself
  hash         text not null            -- sha256(hash of the previous line || line), hex
);
create index event_incident on event (incident_id, seq) where incident_id is not null;
create index event_recorded on event (recorded_at);

create table setting (key text primary key, value jsonb not null, updated_at timestamptz not null default now());

-- ───────────── the city: layers live by version, so that an import is one pointer swap ─────────────
create table import_run (
  id          bigint generated always as identity primary key,
  source      text not null,
  started_at  timestamptz not null default now(),
  finished_at timestamptz,
  status      text not null default 'staging' check (status in ('staging', 'done', 'failed')),
  report      jsonb
);

create table layer_version (
  id           bigint generated always as identity primary key,
  layer        text not null check (layer in ('kelurahan','neighbour','road','street','place','facility','flood','water','rail','building','landuse','outline')),
  status       text not null default 'staging' check (status in ('staging', 'live', 'retired')),
  built_in     boolean not null default false,
  source       text,
  attribution  text,
  row_count    integer not null default 0,
  content_hash text,
  import_id    bigint references import_run,
  created_at   timestamptz not null default now()
);
create unique index layer_version_live on layer_version (layer) where status = 'live';

create table layer_kelurahan (
  version_id bigint not null references layer_version on delete cascade,
  code text not null, name text not null, kecamatan_code text not null, kecamatan text not null,
  population integer, population_year integer, postcode text,
  geom geometry(MultiPolygon, 4326) not null,
  primary key (version_id, code)
);
create index on layer_kelurahan using gist (geom);

create table layer_neighbour (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, regency text not null, name text not null,
  geom geometry(MultiPolygon, 4326) not null,
  primary key (version_id, id)
);
create index on layer_neighbour using gist (geom);

-- Nodes carry what happens at a point (a level crossing), edges what lies between two of them.
create table layer_road_node (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, level_crossing boolean not null default false,
  geom geometry(Point, 4326) not null,
  primary key (version_id, id)
);
create table layer_road_edge (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, from_node integer not null, to_node integer not null,
  name text, class text not null, oneway smallint not null default 0 check (oneway in (-1, 0, 1)),
  speed_kmh real, component integer not null, metres double precision not null,
  geom geometry(LineString, 4326) not null,
  primary key (version_id, id)
);
create index on layer_road_edge using gist (geom);

create table layer_street (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, name text, class text, geom geometry(MultiLineString, 4326) not null,
  primary key (version_id, id)
);
create table layer_place (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, name text not null, kind text not null, address text, geom geometry(Point, 4326) not null,
  primary key (version_id, id)
);
create table layer_facility (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, name text not null, kind text not null, address text, phone text, geom geometry(Point, 4326) not null,
  primary key (version_id, id)
);
create table layer_flood (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, event text, depth text, depth_cm integer, permanent boolean not null default false,
  geom geometry(MultiPolygon, 4326) not null,
  primary key (version_id, id)
);
create table layer_water (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, name text, class text, geom geometry(Geometry, 4326) not null,
  primary key (version_id, id)
);
create table layer_rail (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, class text, geom geometry(MultiLineString, 4326) not null,
  primary key (version_id, id)
);
create table layer_building (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, geom geometry(Geometry, 4326) not null,
  primary key (version_id, id)
);
create table layer_landuse (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, class text, geom geometry(MultiPolygon, 4326) not null,
  primary key (version_id, id)
);
-- The land of the city and its coast, as the built-in sketch knows them; superseded by imported kelurahan and neighbours.
create table layer_outline (
  version_id bigint not null references layer_version on delete cascade,
  id integer not null, class text not null, geom geometry(Geometry, 4326) not null,
  primary key (version_id, id)
);

create view kelurahan as select l.* from layer_kelurahan l join layer_version v on v.id = l.version_id and v.status = 'live';
create view neighbour as select l.* from layer_neighbour l join layer_version v on v.id = l.version_id and v.status = 'live';
create view road_node as select l.* from layer_road_node l join layer_version v on v.id = l.version_id and v.status = 'live';
create view road_edge as select l.* from layer_road_edge l join layer_version v on v.id = l.version_id and v.status = 'live';
create view street    as select l.* from layer_street    l join layer_version v on v.id = l.version_id and v.status = 'live';
create view place     as select l.* from layer_place     l join layer_version v on v.id = l.version_id and v.status = 'live';
create view facility  as select l.* from layer_facility  l join layer_version v on v.id = l.version_id and v.status = 'live';
create view flood     as select l.* from layer_flood     l join layer_version v on v.id = l.version_id and v.status = 'live';
create view water     as select l.* from layer_water     l join layer_version v on v.id = l.version_id and v.status = 'live';
create view rail      as select l.* from layer_rail      l join layer_version v on v.id = l.version_id and v.status = 'live';
create view building  as select l.* from layer_building  l join layer_version v on v.id = l.version_id and v.status = 'live';
create view landuse   as select l.* from layer_landuse   l join layer_version v on v.id = l.version_id and v.status = 'live';
create view outline   as select l.* from layer_outline   l join layer_version v on v.id = l.version_id and v.status = 'live';

-- ───────────── agencies, posts, units (master data: upserted by code, retired, never deleted) ─────────────
create table agency (
  id uuid primary key default gen_random_uuid(),
  code text not null unique, name text not null, kind text not null, phone text,
  tracked boolean not null default true,      -- false: no units of its own are followed (PLN, PDAM ...)
  built_in boolean not null default false, active boolean not null default true
);
create table station (
  id uuid primary key default gen_random_uuid(),
  code text not null unique, agency_id uuid not null references agency, name text not null, address text,
  location geometry(Point, 4326) not null,
  built_in boolean not null default false, active boolean not null default true
);
create table unit (
  id uuid primary key default gen_random_uuid(),
  callsign text not null unique, agency_id uuid not null references agency, station_id uuid references station,
  kind text not null, capabilities text[] not null default '{}', crew integer not null default 2,
  turnout_seconds integer not null default 80,
  duty text not null default 'on' check (duty in ('on', 'off', 'out_of_service')),
  built_in boolean not null default false, active boolean not null default true
);

create table incident_type (
  code text primary key, sort integer not null, name text not null, name_en text not null, letter text not null,
  class text not null check (class in ('gawat_darurat', 'gawat_tidak_darurat', 'informasi')),
  priority smallint not null check (priority between 1 and 4),
  on_scene_minutes integer not null           -- planning value until enough cases give a median
);
create table incident_type_need (
  incident_type text not null references incident_type on delete cascade,
  agency_kind text not null, capability text, quantity integer not null default 1 check (quantity > 0), ord integer not null,
  primary key (incident_type, agency_kind, ord)
);

-- ───────────── incidents, calls, assignments ─────────────
create table incident_counter (
  day date not null, simulated boolean not null, last integer not null, primary key (day, simulated)
);
create table incident (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  incident_type text not null references incident_type, priority smallint not null,
  status text not null default 'received' check (status in ('received','verified','dispatched','handling','resolved','closed','cancelled','duplicate','handed_over')),
  location geometry(Point, 4326) not null, accuracy_m double precision not null check (accuracy_m >= 0),
  kelurahan_code text, inside_city boolean not null, place_label text,
  number_hidden boolean not null default false,
  received_at timestamptz not null, verified_at timestamptz, dispatched_at timestamptz, handling_at timestamptz,
  on_scene_at timestamptz, resolved_at timestamptz, closed_at timestamptz,
  ended_at timestamptz,                       -- cancelled, duplicate or handed over: when
  handed_over_to text,
  late_entry boolean not null default false,
  offline_entry boolean not null default false,
  duplicate_of uuid references incident, status_before_duplicate text,
  simulated boolean not null, created_by text not null, created_at timestamptz not null,
  -- the room works on the open ones: found by a partial index however long the history
  open boolean generated always as (status in ('received','verified','dispatched','handling','resolved')) stored
);
create index incident_open on incident (received_at) where open;
create index incident_received on incident (received_at, incident_type);
create index incident_location on incident using gist (location);

-- Personal data: erasable, never in the log (which holds a salted digest of it).
create table incident_private (
  incident_id uuid primary key references incident on delete cascade,
  salt text not null, caller_name text, caller_number text, address_text text, description text, erased_at timestamptz
);
create table incident_note (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident on delete cascade, assignment_id uuid,
  kind text not null, body text not null, salt text not null, actor text not null, at timestamptz not null
);
create index on incident_note (incident_id);

create table call (
  id uuid primary key default gen_random_uuid(),
  rang_at timestamptz not null, answered_at timestamptz, ended_at timestamptz,
  line text, number_hidden boolean not null default false,
  kind text check (kind in ('real','information','prank','ghost','test')),
  incident_id uuid references incident, simulated boolean not null, created_by text not null
);
create index call_rang on call (rang_at);
create index call_incident on call (incident_id) where incident_id is not null;
create table call_private (
  call_id uuid primary key references call on delete cascade, salt text not null, caller_number text, erased_at timestamptz
);

create table assignment (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident, agency_id uuid not null references agency, unit_id uuid references unit,
  status text not null default 'notified' check (status in ('notified','acknowledged','en_route','on_scene','done','declined','cancelled')),
  notified_at timestamptz not null, acknowledged_at timestamptz, en_route_at timestamptz, on_scene_at timestamptz,
  done_at timestamptz, declined_at timestamptz, cancelled_at timestamptz,
  eta_seconds double precision, turnout_seconds double precision, distance_m double precision,
  simulated boolean not null, created_by text not null,
  active boolean generated always as (status in ('notified','acknowledged','en_route','on_scene')) stored
);
create index on assignment (incident_id);
-- One unit, one job at a time: two operators cannot both win.
create unique index assignment_unit_active on assignment (unit_id) where active and unit_id is not null;

-- What the dispatcher knew when choosing: kept for the monthly ledger.
create table dispatch_decision (
  id uuid primary key default gen_random_uuid(),
  incident_id uuid not null references incident, made_at timestamptz not null, actor text not null,
  rule_version text not null, chosen jsonb not null, candidates jsonb not null, override_reason text
);
create index on dispatch_decision (incident_id);

create table idempotency_key (
  key text primary key, body_hash text not null, incident_id uuid references incident,
  response jsonb, created_at timestamptz not null default now()
);

-- ───────────── closures ─────────────
create table closure (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('road', 'area', 'rob')), reason text not null,
  geom geometry(Geometry, 4326) not null, depth_cm integer, speed_factor double precision not null default 0 check (speed_factor between 0 and 1),
  starts_at timestamptz not null, ends_at timestamptz, simulated boolean not null default false, created_by text not null,
  deleted_at timestamptz
);

-- ───────────── positions: by the thousand, never in the log ─────────────
create table position (
  unit_id uuid not null, fix_at timestamptz not null, received_at timestamptz not null,
  location geometry(Point, 4326) not null, speed_kmh real, heading real, accuracy_m real,
  source text not null, simulated boolean not null
) partition by range (received_at);
create table position_default partition of position default;
create table unit_position (
  unit_id uuid primary key references unit on delete cascade, fix_at timestamptz not null, received_at timestamptz not null,
  location geometry(Point, 4326) not null, speed_kmh real, heading real, accuracy_m real,
  source text not null, simulated boolean not null
);

-- ───────────── access ─────────────
create table account (
  id uuid primary key default gen_random_uuid(),
  login text not null unique, role text not null, agency_id uuid references agency, unit_id uuid references unit,
  password_hash text, active boolean not null default true, created_at timestamptz not null default now()
);
-- Anything that lets somebody in: API tokens, browser sessions, screens' links. Only hashes rest here.
create table credential (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('token', 'session', 'link')),
  secret_hash text not null unique, role text not null, label text not null,
  account_id uuid references account, agency_id uuid references agency, unit_id uuid references unit,
  parent_id uuid references credential on delete cascade,     -- what a session was opened with: revoked together
  created_at timestamptz not null default now(), expires_at timestamptz, used_at timestamptz, revoked_at timestamptz
);

-- Who saw whose data: each look at an incident's personal data.
create table private_view (
  id bigint generated always as identity primary key,
  incident_id uuid not null references incident on delete cascade, actor text not null, at timestamptz not null
);
create index on private_view (incident_id);

-- ───────────── screens ─────────────
create table screen (
  id text primary key, name text, settings jsonb not null default '{}',
  last_seen_at timestamptz, last_frame_at timestamptz, version text, heap_mb real, contexts integer
);
