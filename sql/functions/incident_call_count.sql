-- How many reports an incident stands for: its own calls and those of every incident merged into it, however deep. One that was
-- recorded without a call stands for one report that no call tells of. Undoing a merge gives the reports back. Figures of calls
-- (queries/stats_districts.sql) count rows of `call`, each once. Called by incident_json; queries/incident_list.sql does the same for a page.
create or replace function incident_call_count(p_id uuid) returns bigint language sql stable as $$
  with recursive member as (
    select id, without_call from incident where id = p_id
    union all
    select i.id, i.without_call from incident i join member m on i.duplicate_of = m.id
  )
  select (select count(*) from call c where c.incident_id in (select id from member)) + count(*) filter (where without_call) from member
$$;
