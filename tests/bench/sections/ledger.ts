import { outcomeOf, verdictsOf } from '../../../geo/dispatch/first.ts'
import type { Recommendation } from '../../../geo/dispatch/types.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import { seededRandom } from '../../helpers/random.ts'
import { ask } from '../client.ts'
import { latencies, type Figure, type SectionResult } from '../figure.ts'
import type { House } from '../house.ts'

const DECISIONS = 5_000
const ROUNDS = 20
const MONTH = '2026-09'

/** A month of decisions among the units that there are, a quarter of them not for the first, and how each arrived. */
function imagine(units: readonly Unit[]) {
  const random = seededRandom(94)
  const kinds = [...new Set(units.map((unit) => unit.agency_kind))]
  return Array.from({ length: DECISIONS }, (_, i) => {
    const agency_kind = kinds[Math.floor(random() * kinds.length)]
    const fleet = units.filter((unit) => unit.agency_kind === agency_kind)
    const ready = fleet
      .map((unit) => ({
        unit_id: unit.id,
        callsign: unit.callsign,
        eta_seconds: 60 + random() * 900,
        turnout_seconds: 60,
      }))
      .sort((a, b) => a.eta_seconds - b.eta_seconds)
    const group: Recommendation = {
      ...{ agency_kind, needed: 1, assigned: 0, shortfall: null, excluded: [], agencies: [], ties: [] },
      units: ready.map((unit, at) => ({
        ...{ ...unit, distance_m: 1_000, position_age_seconds: null, position_source: 'station' as const },
        ...{ suggested: at === 0, skills: [], reasons: ['dihitung dari pos: tidak ada posisi langsung'] },
      })),
    }
    const sent = random() < 0.25 && ready.length > 1 ? ready[1] : ready[0]
    const verdicts = verdictsOf([group], [sent.unit_id])
    const outcome = outcomeOf(verdicts)
    const at = Date.parse('2026-09-01T00:00:00+07:00') + (i / DECISIONS) * 29 * 86_400_000
    return {
      ...{ number: `UKUR-${i}`, at: new Date(at).toISOString(), unit_id: sent.unit_id },
      ...{ agency_id: fleet.find(({ id }) => id === sent.unit_id)?.agency_id, eta_seconds: sent.eta_seconds },
      ...{ on_scene_at: new Date(at + (60 + sent.eta_seconds * (0.8 + random())) * 1000).toISOString() },
      ...{ candidates: [group], chosen: [sent], verdicts, outcome },
      reason_code: outcome === 'other' ? 'akses_jalan' : null,
    }
  })
}

/** The ledger of a month over HTTP, and the bare reading of its rows by SQL. */
export async function benchLedger(house: House): Promise<SectionResult> {
  if (house.postgres_missing) return { figures: [], notes: [`PostgreSQL not run: ${house.postgres_missing}`] }
  const room = await house.room('postgres')
  const token = room.token('leader')
  const units = JSON.parse((await ask('GET', `${room.url}/api/units`, { token })).text) as Unit[]
  const sql = await room.sql()
  await sql.query(
    `with t as (select gen_random_uuid() as incident_id, r.* from jsonb_to_recordset($1::jsonb) as r (number text, at timestamptz, unit_id uuid, agency_id uuid, eta_seconds float8,
         on_scene_at timestamptz, candidates jsonb, chosen jsonb, verdicts jsonb, outcome text, reason_code text)),
       i as (insert into incident (id, number, incident_type, priority, status, location, accuracy_m, inside_city, received_at, simulated, created_by, created_at)
         select incident_id, number, 'kebakaran', 1, 'closed', st_setsrid(st_makepoint(109.67, -6.89), 4326), 10, true, at, false, 'bench', at from t returning id),
       d as (insert into dispatch_decision (incident_id, made_at, actor, rule_version, chosen, candidates, outcome, verdicts, reason_code)
         select incident_id, at, 'bench', 'bench', chosen, candidates, outcome, verdicts, reason_code from t join i on i.id = incident_id)
     insert into assignment (incident_id, agency_id, unit_id, status, notified_at, on_scene_at, done_at, eta_seconds, turnout_seconds, simulated, created_by)
       select incident_id, agency_id, unit_id, 'done', at, on_scene_at, on_scene_at, eta_seconds, 60, false, 'bench' from t join i on i.id = incident_id`,
    [JSON.stringify(imagine(units))],
  )
  await sql.query('analyze incident; analyze dispatch_decision; analyze assignment')
  const plain: number[] = []
  const spent: Record<string, number[]> = { none: [], other: [], all: [] }
  for (let round = -3; round < ROUNDS; round++) {
    const began = performance.now()
    await sql.query(
      `select d.verdicts, d.chosen from dispatch_decision d join incident i on i.id = d.incident_id where i.received_at >= '2026-09-01+07' and i.received_at < '2026-10-01+07'`,
    )
    if (round >= 0) plain.push(performance.now() - began)
    for (const [rows, ms] of Object.entries(spent)) {
      const answer = await ask('GET', `${room.url}/api/ledger?month=${MONTH}&rows=${rows}`, { token })
      if (answer.status !== 200) throw new Error(answer.text)
      if (round >= 0) ms.push(answer.ms)
    }
  }
  const figures = Object.entries(spent).flatMap(([rows, ms]): Figure[] =>
    latencies(
      `ledger of ${DECISIONS} decisions over HTTP, rows=${rows}`,
      ms,
      { beside: 'their rows read by SQL alone', values: plain },
      300,
    ),
  )
  return { figures, notes: [] }
}
