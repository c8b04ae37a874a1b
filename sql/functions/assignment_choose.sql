-- Verb: an OPD that is on a case sends more of its own idle units to it, or others in place of those it was asked for (POST /api/incidents/:id/own-units).
-- p_input as in assignment_create without agency_ids and busy, and replaces: [assignment_id], called back in the same transaction, with replace_note.
-- p_scope_agency is null for those who may speak for any OPD. Locks as everywhere: incidents by id first, then units.
create or replace function assignment_choose(p_incident_id uuid, p_input jsonb, p_scope_agency uuid, p_actor text, p_now timestamptz, p_simulated boolean)
returns jsonb language plpgsql as $$
declare
  v_replaces uuid[] := array(select jsonb_array_elements_text(coalesce(p_input -> 'replaces', '[]'))::uuid);
  v_units uuid[] := array(select (value ->> 'unit_id')::uuid from jsonb_array_elements(coalesce(p_input -> 'units', '[]')));
  v_agencies uuid[];
  v_locked uuid[];
  v_bad text;
  v_id uuid;
  v_answer jsonb;
begin
  v_locked := array(select p_incident_id union
    select q.incident_id from assignment s join assignment q on q.unit_id = s.unit_id and q.simulated = s.simulated and q.active and q.queued_behind is not null where s.id = any (v_replaces));
  perform incident_lock(v_locked, p_simulated);
  if not exists (select 1 from incident where id = p_incident_id and simulated = p_simulated) then perform fail('SG404', 'id', 'kejadian tidak ditemukan'); end if;
  v_agencies := array(select distinct agency_id from assignment where incident_id = p_incident_id and active);
  if p_scope_agency is not null and not p_scope_agency = any (v_agencies) then perform fail('SG403', 'id', 'instansi Anda tidak ditugaskan pada kejadian ini'); end if;
  select u.callsign into v_bad from unit u where u.id = any (v_units) and p_scope_agency is not null and u.agency_id <> p_scope_agency order by u.callsign limit 1;
  if found then perform fail('SG403', 'unit_ids', format('%s bukan unit instansi Anda', v_bad)); end if;
  select u.callsign into v_bad from unit u where u.id = any (v_units) and not u.agency_id = any (v_agencies) order by u.callsign limit 1;
  if found then perform fail('SG422', 'unit_ids', format('instansi %s tidak ditugaskan pada kejadian ini', v_bad)); end if;
  foreach v_id in array v_replaces loop
    if not exists (select 1 from assignment where id = v_id and incident_id = p_incident_id) then perform fail('SG422', 'replaces', 'bukan penugasan kejadian ini'); end if;
    if not exists (select 1 from assignment where id = v_id and active) then perform fail('SG409', 'replaces', 'penugasan yang diganti sudah berakhir'); end if;
    if exists (select 1 from assignment where id = v_id and status = 'on_scene') then perform fail('SG409', 'replaces', 'unit yang diganti sudah di lokasi'); end if;
    if not exists (select 1 from assignment a join unit u on u.agency_id = a.agency_id where a.id = v_id and u.id = any (v_units)) then
      perform fail('SG403', 'replaces', 'hanya diganti unit instansi yang sama');
    end if;
  end loop;
  -- The new ones first: the case never stands without anybody in between.
  v_answer := assignment_create(p_incident_id, p_input, p_actor, p_now, p_simulated);
  foreach v_id in array v_replaces loop
    v_answer := v_answer || (assignment_set_status(v_id, jsonb_build_object('status', 'cancelled', 'note', p_input ->> 'replace_note'), p_scope_agency, null, p_actor, p_now, p_simulated)
      - 'assignment');
  end loop;
  return v_answer;
end $$;
