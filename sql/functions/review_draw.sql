-- Verb: the cases of a month that are looked at are drawn (POST /api/reviews/draw): by rule, again and again; by lot once, when the month is over, from the cases that had
-- ended by then. The lot orders them by sha256(seed || number) and takes the first share of them; the seed is the hash of the month's last log line, which
-- nobody can choose and everybody can look up. p_share is that of months not drawn yet. Nothing new: no line.
create or replace function review_draw(p_month text, p_from timestamptz, p_to timestamptz, p_share double precision, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  m review_month;
  v_new jsonb;
  v_lot boolean;
begin
  insert into review_month (month, simulated) values (p_month, p_simulated) on conflict do nothing;
  select * into m from review_month where month = p_month and simulated = p_simulated for update;
  v_lot := m.drawn_at is null and p_now >= p_to;
  if v_lot then
    m.seed := coalesce((select hash from event where recorded_at < p_to order by recorded_at desc, seq desc limit 1), repeat('0', 64));
    m.share := p_share; m.drawn_at := p_now;
    m.pool := (select count(*) from incident i where i.received_at >= p_from and i.received_at < p_to and i.simulated = p_simulated
      and i.status in ('closed', 'cancelled', 'handed_over') and coalesce(i.closed_at, i.ended_at) < p_to);
    update review_month set seed = m.seed, share = m.share, pool = m.pool, drawn_at = m.drawn_at where month = p_month and simulated = p_simulated;
  end if;
  with found as (
    select r.incident_id, r.reason from review_reasons(p_from, p_to, p_simulated) r
    union all
    (select i.id, 'lot' from incident i where v_lot and i.received_at >= p_from and i.received_at < p_to and i.simulated = p_simulated
      and i.status in ('closed', 'cancelled', 'handed_over') and coalesce(i.closed_at, i.ended_at) < p_to
     order by sha256(convert_to(m.seed || i.number, 'UTF8')) limit case when v_lot then ceil(m.share * m.pool)::integer else 0 end)
  ), each as (
    select f.incident_id, array_agg(distinct f.reason order by f.reason) as reasons from found f group by f.incident_id
  ), put as (
    insert into review_case (incident_id, month, reasons, drawn_at, simulated) select incident_id, p_month, reasons, p_now, p_simulated from each
    on conflict (incident_id) do update set reasons = (select array_agg(distinct r order by r) from unnest(review_case.reasons || excluded.reasons) r)
      where not review_case.reasons @> excluded.reasons
    returning review_case.incident_id, review_case.reasons
  )
  select jsonb_agg(jsonb_build_object('number', i.number, 'reasons', p.reasons) order by i.number) into v_new from put p join incident i on i.id = p.incident_id;
  if v_new is not null or v_lot then
    perform append_event('review.drawn', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object('month', p_month, 'cases', coalesce(v_new, '[]'),
      'lot', case when v_lot then jsonb_build_object('seed', m.seed, 'share', m.share, 'pool', m.pool) end));
  end if;
  return jsonb_build_object('drawn', coalesce(jsonb_array_length(v_new), 0));
end $$;
