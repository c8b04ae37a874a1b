-- Agencies, stations, units (and, built in, incident types and limits per kind) by code: new ones come, known ones change, none is ever deleted.
-- Called by import_swap. p_master {agencies?, stations?, units?, incident_types?, hash?}, rows as in server/import/types.ts (MasterContent).
-- Imported (not p_built_in): rows become the city's own; a kind that is given replaces the built-in rows of that kind, which
-- turn inactive where the file lacks them, as do built-in posts and units of an agency that did. Built in: only rows that are
-- still built in change, and kinds that were once imported get no new active rows. A unit's duty stays what it is, a crew that its OPD set too, and so do needs and limits that an admin set.
-- Answers how many rows of each kind are new or changed, and how many turned inactive: all 0 when nothing did.
create or replace function import_master(p_master jsonb, p_built_in boolean, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_imported jsonb := coalesce((select value from setting where key = 'imported_master'), '[]');
  v_given text[] := array(select k from (values ('agencies'), ('stations'), ('units')) as t (k) where p_master ? k);
  v_counts jsonb := '{}';
  v_n integer;
  v_off integer := 0;
begin
  insert into agency (code, name, kind, phone, tracked, built_in, active)
  select r.code, r.name, r.kind, r.phone, coalesce(r.tracked, true), p_built_in, not (p_built_in and v_imported ? 'agencies')
  from jsonb_to_recordset(p_master -> 'agencies') as r (code text, name text, kind text, phone text, tracked boolean)
  on conflict (code) do update set name = excluded.name, kind = excluded.kind, phone = excluded.phone, tracked = excluded.tracked,
    built_in = p_built_in, active = agency.active or not p_built_in
  where (agency.built_in or not p_built_in) and (agency.name, agency.kind, agency.phone, agency.tracked, agency.built_in, agency.active)
    is distinct from (excluded.name, excluded.kind, excluded.phone, excluded.tracked, p_built_in, agency.active or not p_built_in);
  get diagnostics v_n = row_count;
  if 'agencies' = any (v_given) then v_counts := v_counts || jsonb_build_object('agencies', v_n); end if;

  insert into station (code, agency_id, name, address, location, built_in, active)
  select r.code, g.id, r.name, r.address, st_setsrid(r.geom::geometry, 4326), p_built_in, not (p_built_in and v_imported ? 'stations')
  from jsonb_to_recordset(p_master -> 'stations') as r (code text, agency_code text, name text, address text, geom text)
  join agency g on g.code = r.agency_code
  on conflict (code) do update set agency_id = excluded.agency_id, name = excluded.name, address = excluded.address,
    location = excluded.location, built_in = p_built_in, active = station.active or not p_built_in
  where (station.built_in or not p_built_in) and (station.agency_id, station.name, station.address, station.location::text, station.built_in, station.active)
    is distinct from (excluded.agency_id, excluded.name, excluded.address, excluded.location::text, p_built_in, station.active or not p_built_in);
  get diagnostics v_n = row_count;
  if 'stations' = any (v_given) then v_counts := v_counts || jsonb_build_object('stations', v_n); end if;

  insert into unit (callsign, agency_id, station_id, kind, capabilities, crew, turnout_seconds, built_in, active)
  select r.callsign, g.id, s.id, r.kind, array(select jsonb_array_elements_text(coalesce(r.capabilities, '[]'))), coalesce(r.crew, 2),
    coalesce(r.turnout_seconds, 80), p_built_in, not (p_built_in and v_imported ? 'units')
  from jsonb_to_recordset(p_master -> 'units')
    as r (callsign text, agency_code text, station_code text, kind text, capabilities jsonb, crew integer, turnout_seconds integer)
  join agency g on g.code = r.agency_code
  left join station s on s.code = r.station_code
  on conflict (callsign) do update set agency_id = excluded.agency_id, station_id = excluded.station_id, kind = excluded.kind,
    capabilities = excluded.capabilities, crew = case when unit.crew_set_at is null then excluded.crew else unit.crew end, turnout_seconds = excluded.turnout_seconds,
    built_in = p_built_in, active = unit.active or not p_built_in
  where (unit.built_in or not p_built_in)
    and (unit.agency_id, unit.station_id, unit.kind, unit.capabilities, unit.crew, unit.turnout_seconds, unit.built_in, unit.active)
    is distinct from (excluded.agency_id, excluded.station_id, excluded.kind, excluded.capabilities,
      case when unit.crew_set_at is null then excluded.crew else unit.crew end, excluded.turnout_seconds,
      p_built_in, unit.active or not p_built_in);
  get diagnostics v_n = row_count;
  if 'units' = any (v_given) then v_counts := v_counts || jsonb_build_object('units', v_n); end if;

  if 'agencies' = any (v_given) then
    update agency set active = false where built_in and active and code not in (select r ->> 'code' from jsonb_array_elements(p_master -> 'agencies') r);
    get diagnostics v_n = row_count; v_off := v_off + v_n;
  end if;
  update station s set active = false where s.built_in and s.active and (
    ('stations' = any (v_given) and s.code not in (select r ->> 'code' from jsonb_array_elements(p_master -> 'stations') r))
    or exists (select 1 from agency g where g.id = s.agency_id and not g.active));
  get diagnostics v_n = row_count; v_off := v_off + v_n;
  update unit u set active = false where u.built_in and u.active and (
    ('units' = any (v_given) and u.callsign not in (select r ->> 'callsign' from jsonb_array_elements(p_master -> 'units') r))
    or exists (select 1 from agency g where g.id = u.agency_id and not g.active));
  get diagnostics v_n = row_count; v_off := v_off + v_n;

  if p_master ? 'incident_types' then
    insert into incident_type (code, sort, name, name_en, letter, class, priority, on_scene_minutes)
    select r.code, r.sort, r.name, r.name_en, r.letter, r.class, r.priority, r.on_scene_minutes
    from jsonb_to_recordset(p_master -> 'incident_types')
      as r (code text, sort integer, name text, name_en text, letter text, class text, priority smallint, on_scene_minutes integer)
    on conflict (code) do update set sort = excluded.sort, name = excluded.name, name_en = excluded.name_en, letter = excluded.letter,
      class = excluded.class, priority = excluded.priority, on_scene_minutes = excluded.on_scene_minutes;
    -- A list that an admin set stays (see incident_needs_put).
    delete from incident_type_need n using incident_type i
    where i.code = n.incident_type and i.needs_set_at is null
      and n.incident_type in (select r ->> 'code' from jsonb_array_elements(p_master -> 'incident_types') r);
    insert into incident_type_need (incident_type, agency_kind, capability, quantity, min_crew, ord)
    select t.code, n.agency_kind, n.capability, n.quantity, coalesce(n.min_crew, 1), n.ord
    from jsonb_to_recordset(p_master -> 'incident_types') as t (code text, needs jsonb)
    join incident_type i on i.code = t.code and i.needs_set_at is null
    cross join lateral jsonb_to_recordset(t.needs) as n (agency_kind text, capability text, quantity integer, min_crew integer, ord integer);
    v_counts := v_counts || jsonb_build_object('incident_types', jsonb_array_length(p_master -> 'incident_types'));
  end if;

  if p_master ? 'agency_kinds' then
    insert into agency_kind (kind, position_age_limit_seconds)
    select r.kind, r.position_age_limit_seconds from jsonb_to_recordset(p_master -> 'agency_kinds') as r (kind text, position_age_limit_seconds integer)
    on conflict (kind) do update set position_age_limit_seconds = excluded.position_age_limit_seconds where agency_kind.set_at is null;
  end if;

  if not p_built_in then
    insert into setting (key, value, updated_at)
    values ('imported_master', (select jsonb_agg(distinct k) from (select jsonb_array_elements_text(v_imported) as k union select unnest(v_given)) t), p_now)
    on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at;
  elsif p_master ? 'hash' then
    insert into setting (key, value, updated_at) values ('built_in_city', jsonb_build_object('hash', p_master -> 'hash'), p_now)
    on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at;
  end if;
  return v_counts || jsonb_build_object('made_inactive', v_off);
end $$;
