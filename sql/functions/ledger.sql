-- The ledger of [p_from, p_to) (geo/wire/ledger.ts): how often the first was sent, what the nearest would have done, the reasons given, predicted
-- arrival against what happened, per agency and per unit, and the decisions one by one (p_rows: all, other or none). p_words: with the
-- words of reasons, which are personal. json, not jsonb: rows are only passed on. Called by queries/ledger.sql.
create or replace function ledger(p_from timestamptz, p_to timestamptz, p_simulated boolean, p_rows text, p_words boolean) returns json language sql stable as $$
  with decision as materialized (
    select * from ledger_decision(p_from, p_to, p_simulated)
  ), verdict as materialized (
    select d.id, v.value ->> 'outcome' as outcome, v.value -> 'firsts' as firsts, v.value -> 'passed_over' as passed_over from decision d, jsonb_array_elements(d.verdicts) v
  ), passed as materialized (
    select v.id, (p.value -> 'first' ->> 'unit_id')::uuid as first_id, (p.value -> 'sent' ->> 'unit_id')::uuid as sent_id, (p.value ->> 'lost_seconds')::float8 as lost
    from verdict v, jsonb_array_elements(v.passed_over) p
  ), first as materialized (
    select (f.value ->> 'unit_id')::uuid as unit_id, (f.value ->> 'sent')::boolean as sent from verdict v, jsonb_array_elements(v.firsts) f
  ), by_agency as (
    select u.agency_id, count(*) as n, count(*) filter (where v.outcome = 'first') as first
    from verdict v join unit u on u.id = (v.firsts -> 0 ->> 'unit_id')::uuid where v.outcome <> 'none' group by u.agency_id
  ), by_unit as (
    select unit_id, sum(sent) as sent_first, sum(passed) as passed_over, sum(instead) as instead from (
      select unit_id, sent::int as sent, 0 as passed, 0 as instead from first
      union all select first_id, 0, 1, 0 from passed
      union all select sent_id, 0, 0, 1 from passed) t group by unit_id
  ), accuracy as materialized (
    select * from ledger_accuracy(p_from, p_to, p_simulated)
  )
  select json_build_object(
    'decisions', (select jsonb_build_object('n', count(*), 'none', count(*) filter (where outcome = 'none'), 'unknown', count(*) filter (where outcome = 'unknown'),
      'first', ledger_share(count(*) filter (where outcome = 'first'), count(*) filter (where outcome in ('first', 'other')))) from decision),
    'nearest', (select jsonb_build_object('n', count(lost), 'unpriced', count(*) - count(lost), 'lost_seconds', coalesce(sum(lost), 0),
      'median_lost_seconds', percentile_cont(0.5) within group (order by lost), 'p90_lost_seconds', percentile_cont(0.9) within group (order by lost), 'few', count(lost) < 5) from passed),
    'reasons', (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'n', n) order by n desc, code), '[]') from (
      select reason_code as code, count(*) as n from decision where outcome = 'other' group by 1) r),
    'accuracy', (select figures from accuracy where agency_id is null),
    'agencies', (select coalesce(jsonb_agg(jsonb_build_object('agency_id', g.id, 'code', g.code, 'name', g.name,
        'first', ledger_share(coalesce(b.first, 0), coalesce(b.n, 0)), 'accuracy', c.figures) order by g.code), '[]')
      from agency g left join by_agency b on b.agency_id = g.id left join accuracy c on c.agency_id = g.id and c.unit_id is null
      where b.agency_id is not null or c.agency_id is not null),
    'units', (select coalesce(jsonb_agg(jsonb_build_object('unit_id', u.id, 'callsign', u.callsign, 'agency_id', u.agency_id, 'sent_first', coalesce(b.sent_first, 0),
        'passed_over', coalesce(b.passed_over, 0), 'instead', coalesce(b.instead, 0), 'accuracy', c.figures) order by u.callsign), '[]')
      from unit u left join by_unit b on b.unit_id = u.id left join accuracy c on c.unit_id = u.id
      where b.unit_id is not null or c.unit_id is not null),
    'rows', (select coalesce(json_agg(json_build_object('id', id, 'incident_id', incident_id, 'number', number, 'incident_type', incident_type, 'made_at', made_at, 'actor', actor,
        'outcome', outcome, 'reason_code', reason_code, 'reason_words', case when p_words then reason_words end, 'routing', routing, 'rule_version', rule_version,
        'considered', considered, 'closures_in_force', closures_in_force, 'chosen', chosen, 'verdicts', verdicts) order by made_at, id), '[]')
      from decision where p_rows = 'all' or p_rows = outcome))
$$;
