import type pg from 'pg'
import type { Installation } from './installation.ts'
import type { Ledger } from './ledger.ts'
import { LogOracle, type LogLine } from './log_oracle.ts'
import { freshPicture, type Watcher } from './watcher.ts'

interface Row {
  id: string
  number: string
  status: string
  received_at: Date
  dispatched_at: Date | null
  resolved_at: Date | null
  description: string | null
}

interface Step {
  id: string
  incident_id: string
  status: string
  notified_at: Date
  acknowledged_at: Date | null
  en_route_at: Date | null
  on_scene_at: Date | null
  done_at: Date | null
}

export interface Verdict {
  lost: number
  doubled: number
  faults: string[]
}

/** What a device's clock may be corrected by. */
const CLOCK_MS = 15_000
const TIMES = ['notified_at', 'acknowledged_at', 'en_route_at', 'on_scene_at', 'done_at'] as const
const same = (a: string | Date | null, b: string | Date | null) =>
  a === null || b === null ? a === b : new Date(a).getTime() === new Date(b).getTime()

/** Holds what stands in the database, and what the clients see, against what was acknowledged. To be asked while nobody writes. */
export function createJudge(installation: Installation, ledger: Ledger, watchers: readonly Watcher[], token: string) {
  const oracle = new LogOracle()

  async function readLog(sql: pg.Client): Promise<string[]> {
    const faults: string[] = []
    for (;;) {
      const { rows } = await sql.query<LogLine>(
        'select seq::int, line, hash from event where seq > $1 order by seq limit 1000',
        [oracle.seq],
      )
      faults.push(...oracle.read(rows))
      if (rows.length < 1000) break
    }
    const { rows } = await sql.query<{ seq: number }>('select seq::int from log_head')
    if (rows[0].seq !== oracle.seq) faults.push(`the log: its head is at ${rows[0].seq}, its last line ${oracle.seq}`)
    return faults
  }

  async function judge(sql: pg.Client): Promise<Verdict> {
    let lost = 0
    let doubled = 0
    const faults = await readLog(sql)
    const missing = (what: string) => (lost++, faults.push(`lost: ${what}`))
    const twice = (what: string) => (doubled++, faults.push(`doubled: ${what}`))

    const incidents = new Map<string, Row>()
    const { rows } = await sql.query<Row>(
      `select i.id, number, status, received_at, dispatched_at, resolved_at, description
       from incident i join incident_private p on p.incident_id = i.id`,
    )
    for (const row of rows) incidents.set(row.id, row)
    for (const { id, number, received_at } of ledger.incidents.values()) {
      const row = incidents.get(id)
      if (!row) missing(`incident ${number}`)
      else if (row.number !== number || !same(row.received_at, received_at))
        faults.push(
          `incident ${number}: acknowledged at ${received_at}, now ${row.number} at ${row.received_at.toISOString()}`,
        )
      if ((oracle.of(id)?.created ?? 0) > 1) twice(`incident ${number} in the log`)
    }
    const keyed = new Set([...ledger.incidents.values()].map(({ id }) => id))
    for (const { id, number } of rows) if (!keyed.has(id)) twice(`incident ${number}, which no key was answered with`)
    for (const [id, description] of ledger.descriptions)
      if (incidents.get(id)?.description !== description) missing(`correction of ${incidents.get(id)?.number}`)

    const { rows: calls } = await sql.query<{ id: string }>('select id from call')
    const told = new Set(calls.map(({ id }) => id))
    for (const id of ledger.calls) if (!told.has(id)) missing(`call ${id}`)
    for (const { id } of calls) if (!ledger.calls.has(id)) twice(`call ${id}, which nobody made`)

    const { rows: steps } = await sql.query<Step>(`select id, incident_id, status, ${TIMES.join(', ')} from assignment`)
    const assignments = new Map(steps.map((row) => [row.id, row]))
    for (const said of ledger.assignments.values()) {
      const row = assignments.get(said.id)
      if (row?.status !== said.status) missing(`assignment ${said.id} ${said.status}, stands as ${row?.status}`)
      else
        for (const time of TIMES)
          if (!same(said[time] ?? null, row[time])) faults.push(`assignment ${said.id}: ${time} is not as acknowledged`)
    }
    for (const { id } of steps) if (!ledger.assignments.has(id)) twice(`assignment ${id}, which nobody was told of`)
    for (const row of steps) {
      const times = TIMES.flatMap((time) => row[time]?.getTime() ?? [])
      if (times.some((at, i) => i > 0 && at < times[i - 1]))
        faults.push(`assignment ${row.id}: its clock went backwards`)
    }

    const { rows: reports } = await sql.query<{ incident_id: string; revision: number }>(
      'select incident_id, revision from final_report',
    )
    const written = new Map(reports.map(({ incident_id, revision }) => [incident_id, revision]))
    for (const id of ledger.reports.keys()) {
      if (!written.has(id)) missing(`report of ${incidents.get(id)?.number}`)
      else if (written.get(id) !== 1 || oracle.of(id)?.reports !== 1) twice(`report of ${incidents.get(id)?.number}`)
    }

    faults.push(...derivedFaults(rows), ...gaps(rows), ...(await unitFaults(sql)))
    return { lost, doubled, faults }
  }

  function derivedFaults(rows: readonly Row[]): string[] {
    return rows.flatMap((row) => {
      const derived = oracle.of(row.id)
      if (!derived) return `incident ${row.number}: no line of the log tells of it`
      const faults = []
      if (derived.status !== row.status)
        faults.push(`incident ${row.number} is ${row.status}, its lines say ${derived.status}`)
      if (!same(derived.dispatched_at, row.dispatched_at))
        faults.push(`incident ${row.number}: dispatched_at is not its first assignment's`)
      if (!same(derived.resolved_at, row.resolved_at))
        faults.push(`incident ${row.number}: resolved_at is not its last done`)
      const clock = [row.received_at, row.dispatched_at, row.resolved_at].flatMap((at) => at?.getTime() ?? [])
      if (clock.some((at, i) => i > 0 && at < clock[i - 1]))
        faults.push(`incident ${row.number}: its clock went backwards`)
      return faults
    })
  }

  /** Numbers of each day are 1 to n. */
  function gaps(rows: readonly Row[]): string[] {
    const days = new Map<string, number[]>()
    for (const { number } of rows) {
      const [, day, of] = number.split('-')
      days.set(day, [...(days.get(day) ?? []), Number(of)])
    }
    return [...days].flatMap(([day, numbers]) =>
      numbers.sort((a, b) => a - b).every((n, i) => n === i + 1)
        ? []
        : `numbers of ${day} have gaps: ${numbers.join(' ')}`,
    )
  }

  async function unitFaults(sql: pg.Client): Promise<string[]> {
    const { rows: twice } = await sql.query<{ callsign: string }>(
      `select callsign from assignment a join unit u on u.id = a.unit_id
       where a.active and a.queued_behind is null group by callsign having count(*) > 1`,
    )
    const { rows: fixes } = await sql.query<{ callsign: string; fix_at: Date }>(
      'select callsign, fix_at from unit_position p join unit u on u.id = p.unit_id',
    )
    const latest = new Map(fixes.map(({ callsign, fix_at }) => [callsign, fix_at.getTime()]))
    return [
      ...twice.map(({ callsign }) => `${callsign} is on two jobs`),
      ...[...ledger.fixes].flatMap(([callsign, at]) =>
        (latest.get(callsign) ?? 0) < at - CLOCK_MS ? `lost: a fix of ${callsign}` : [],
      ),
    ]
  }

  /** Every line from the first to the head was told, none twice (as they came: the watchers said so), and the picture is what a fresh one is. */
  async function watcherFaults(): Promise<string[]> {
    const fresh = await freshPicture(installation.url, token)
    return watchers.flatMap(({ role, picture }) => {
      if (picture.seq !== oracle.seq) return `${role}: holds line ${picture.seq} of ${oracle.seq}`
      if (!['supervisor', 'operator'].includes(role)) return []
      const differing = (what: 'incidents' | 'units', text: (id: string, of: typeof fresh) => string) =>
        [...new Set([...fresh[what].keys(), ...picture[what].keys()])]
          .filter((id) => text(id, fresh) !== text(id, picture))
          .map((id) => `${role}: ${what} ${id} is not as in a fresh picture`)
      return [
        ...differing('incidents', (id, { incidents }) => JSON.stringify(sorted(incidents.get(id)))),
        ...differing('units', (id, { units }) => JSON.stringify(sorted({ ...units.get(id), position: null }))),
      ]
    })
  }

  return {
    /** Lines of the log that were read. */
    get seq() {
      return oracle.seq
    },
    async head(): Promise<number> {
      const sql = await installation.sql()
      try {
        return (await sql.query<{ seq: number }>('select seq::int from log_head')).rows[0].seq
      } finally {
        await sql.end()
      }
    },
    async look(): Promise<Verdict> {
      const sql = await installation.sql()
      try {
        const verdict = await judge(sql)
        return { ...verdict, faults: [...verdict.faults, ...(await watcherFaults())] }
      } finally {
        await sql.end()
      }
    },
  }
}

/** The same whatever order its fields stand in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, sorted(held)]),
  )
}
