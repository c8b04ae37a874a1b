-- Verb: one batch of what is past its retention period goes, with its salts (server/privacy/eraser.ts, each night). Open cases and those on hold stay.
-- p_rule {period, days}; answers {cases, erased: rows by store, more}. Nothing due: no line. The line names the cases, never what they held.
create or replace function privacy_erase_due(p_rule jsonb, p_limit integer, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  v_period text := p_rule ->> 'period';
  v_cutoff timestamptz := p_now - make_interval(days => (p_rule ->> 'days')::integer);
  v_due uuid[] := private_due(v_period, v_cutoff, p_limit);
  v_cases uuid[];
  v_erased jsonb;
  v_alone jsonb;
begin
  -- Locked first, in the order of all verbs; who reopened or held one meanwhile keeps it.
  perform 1 from incident where id = any (v_due) order by id for update;
  v_cases := array(select i.id from incident i where i.id = any (v_due) and private_ended_at(i) < v_cutoff order by i.id);
  v_erased := private_clear(array[v_period], v_cases, p_now);
  v_alone := private_clear_alone(v_period, v_cutoff, p_limit, p_now);
  v_erased := (select coalesce(jsonb_object_agg(key, n), '{}') from (
    select key, sum(value::bigint) as n from (select * from jsonb_each_text(v_erased) union all select * from jsonb_each_text(v_alone)) e group by key) s);
  if v_erased = '{}' then return jsonb_build_object('cases', 0, 'erased', v_erased, 'more', false); end if;
  insert into erasure (rule, period, cases, erased, salt, at, actor) values ('retention', v_period, cardinality(v_cases), v_erased, '', p_now, p_actor);
  perform append_event('privacy.erased', p_actor, null, p_now, p_now, p_simulated,
    jsonb_build_object('rule', p_rule || jsonb_build_object('before', v_cutoff), 'cases', cardinality(v_cases), 'incident_ids', to_jsonb(v_cases), 'erased', v_erased));
  return jsonb_build_object('cases', cardinality(v_cases), 'erased', v_erased, 'more', cardinality(v_due) >= p_limit
    or exists (select 1 from jsonb_each_text(v_alone) where value::bigint >= p_limit));
end $$;
