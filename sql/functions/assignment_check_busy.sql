-- Refuses (SGBSY: message, detail = the units as JSON) units that are on a job and of which nobody said what is to become of it. A word
-- {unit_id, incident_id, queued_incident_id?, first_job: free | keep} counts only for the job, and the one in line, that it names:
-- what changed since it was given is asked anew. A unit has one in line at most, so a second 'keep' is refused too.
-- Called by assignment_create with the units locked.
create or replace function assignment_check_busy(p_units uuid[], p_words jsonb, p_incident_id uuid, p_simulated boolean) returns void language plpgsql as $$
declare
  v_own text;
  v_asked record;
begin
  select d.callsign into v_own from busy_units(p_units, p_simulated) d where p_incident_id in (d.incident_id, d.queued_incident_id) limit 1;
  if found then perform fail('SG409', 'unit_ids', format('%s sudah ditugaskan pada kejadian ini', v_own)); end if;
  select jsonb_agg(d.detail order by d.callsign) as units,
    string_agg(format('%s sedang bertugas di %s', d.callsign, d.number) ||
      case when d.queued_incident_id is not null then format(', sesudahnya antre untuk %s', d.detail -> 'queued' ->> 'number') else '' end, '; ' order by d.callsign) as told
  into v_asked
  from busy_units(p_units, p_simulated) d
  left join jsonb_to_recordset(p_words) as w (unit_id uuid, incident_id uuid, queued_incident_id uuid, first_job text) on w.unit_id = d.unit_id
  where w.unit_id is null or w.incident_id <> d.incident_id or w.queued_incident_id is distinct from d.queued_incident_id
    or (w.first_job = 'keep' and d.queued_incident_id is not null);
  if v_asked.units is not null then
    raise exception using errcode = 'SGBSY', message = v_asked.told, detail = v_asked.units::text;
  end if;
end $$;
