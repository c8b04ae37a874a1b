import type pg from 'pg'

/**
 * `n` incidents over the `months` before `to` (epoch ms), their calls and an assignment of each, by set-based SQL: verbs would take a day, and there are no
 * lines in the log. `n` up to 100,000, or a multiple of it. Indexes that no figure reads are put aside.
 */
export async function writeIncidents(
  sql: pg.Client,
  { n, months }: { n: number; months: number },
  to: number,
): Promise<void> {
  await sql.query('drop index incident_lifetime; drop index incident_location')
  const at_once = Math.min(n, 100_000)
  for (let done = 0; done < n; done += at_once)
    await sql.query(
      `insert into incident (number, incident_type, priority, status, location, accuracy_m, kelurahan_code, inside_city, received_at, verified_at, dispatched_at,
         handling_at, on_scene_at, resolved_at, closed_at, simulated, created_by, created_at)
       select 'UKUR-' || g, t.codes[1 + g % cardinality(t.codes)], 1 + g % 4,
         case when open then 'dispatched' else 'closed' end, st_setsrid(st_makepoint(109.64 + 0.075 * x, -6.935 + 0.065 * y), 4326), 20,
         k.codes[1 + floor(x * cardinality(k.codes))::integer], true, r, r + a * interval '0.5 s', r + a * interval '1 s', r + (a + 60) * interval '1 s',
         r + (a + 400) * interval '1 s', case when not open then r + (a + o) * interval '1 s' end, case when not open then r + (a + o + 100) * interval '1 s' end,
         false, 'operator:agen' || g % 12, r
       from (
         select g, $1::timestamptz - interval '1 month' * ${months} + g::float8 / ${n} * ($1::timestamptz - ($1::timestamptz - interval '1 month' * ${months})) - interval '1 ms' as r,
           random() as x, random() as y, 30 + exp(random() * 6.3) as a, 300 + random() * random() * 5000 as o, g % 5000 = 0 as open
         from generate_series(${done + 1}, ${done + at_once}) g
       ) i,
       (select array_agg(code order by code) as codes from incident_type) t, (select array_agg(code order by code) as codes from kelurahan) k`,
      [new Date(to)],
    )
  await sql.query(
    `insert into call (rang_at, answered_at, ended_at, kind, incident_id, simulated, created_by, rings, answered_by)
     select received_at, received_at + random() * interval '30 s', received_at + interval '200 s', 'real', id, false, 'integration:pbx', true, 'agen1' from incident`,
  )
  await sql.query(
    `insert into assignment (incident_id, agency_id, status, notified_at, acknowledged_at, en_route_at, on_scene_at, done_at, simulated, created_by)
     select i.id, a.ids[1 + i.priority % cardinality(a.ids)], case when i.open then 'notified' else 'done' end, i.dispatched_at,
       case when not i.open then i.dispatched_at + interval '40 s' end, case when not i.open then i.handling_at end, case when not i.open then i.on_scene_at end,
       i.resolved_at, false, 'bench'
     from incident i, (select array_agg(id order by code) as ids from agency) a`,
  )
  for (const table of ['incident', 'incident_figure', 'call', 'assignment']) await sql.query(`vacuum analyze ${table}`)
}
