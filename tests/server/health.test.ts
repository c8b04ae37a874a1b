import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HEALTH_PARTS, healthReport, READY_PARTS, type HealthReport } from '../../geo/wire/health.ts'
import type { Problem } from '../../geo/wire/problem.ts'
import { lookAtDisk } from '../../server/health/disk.ts'
import { makeLog } from '../../server/log.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

interface Line {
  level: number
  msg: string
  request_id?: string
  actor?: string
  incident_id?: string
  query?: string
  path?: string
  job?: string
}

let server: TestServer
const written: string[] = []
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    written.push(...chunk.toString().split('\n').filter(Boolean))
    done()
  },
})
const lines = () => written.map((text) => JSON.parse(text) as Line)
let clock_off_ms = 0

beforeAll(async () => {
  // Each statement is slow: what is said of them is to be seen.
  server = await startTestServer(
    { SLOW_QUERY_MS: '0' },
    { log: makeLog('debug', sink), now: () => new Date(Date.now() + clock_off_ms) },
  )
})
afterAll(() => server?.stop())

const SECRET_WORDS = 'Bu Siti dari Gang Melati'
/** Lines that carry an id, once the answer's own has come. */
async function linesOf(id: string): Promise<Line[]> {
  for (let n = 0; n < 500; n++) {
    const found = lines().filter(({ request_id }) => request_id === id)
    if (found.some(({ msg }) => msg === 'request')) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`no line of request ${id}`)
}

describe('the log', () => {
  it('says of each line which request, who, and which incident; a slow statement by its name and nothing of its values', async () => {
    const token = await server.token('operator')
    const made = await server.call<{ incident: { id: string } }>('POST', '/api/incidents', {
      token,
      headers: { 'X-Request-Id': 'proxy-made-0001' },
      body: {
        incident_type: 'kebakaran',
        location: { type: 'Point', coordinates: [109.67, -6.89] },
        accuracy_m: 10,
        description: SECRET_WORDS,
        caller_name: SECRET_WORDS,
      },
    })
    expect(made.status).toBe(201)
    // From this machine, which is a trusted proxy, its id is taken.
    expect(made.headers.get('x-request-id')).toBe('proxy-made-0001')
    const of = await linesOf('proxy-made-0001')
    const slow = of.find(({ query }) => query === 'incident_create')
    expect(slow).toMatchObject({ level: 40, msg: 'slow query', actor: expect.stringMatching(/^operator:/) as string })
    expect(of.find(({ msg }) => msg === 'request')).toMatchObject({ incident_id: made.body.incident.id })
    const { id } = made.body.incident
    const read = await server.call('GET', `/api/incidents/${id}`, { token, headers: { 'X-Request-Id': 'bad id\t!' } })
    const own = read.headers.get('x-request-id') ?? ''
    expect(own).toMatch(/^[0-9a-f-]{36}$/)
    for (const line of await linesOf(own)) expect(line.incident_id).toBe(id)
    expect(written.join('\n')).not.toContain('Siti')
  })

  it('of a fault of ours the answer names the number that the log has it under', async () => {
    const { services } = server.running
    const real = services.health.report
    services.health.report = () => Promise.reject(new Error('planted'))
    const { body, status } = await server.call<Problem>('GET', '/api/audit', { token: await server.token('admin') })
    expect([status, body]).toEqual([200, expect.anything()])
    services.health.report = real
    const broken = services.auditor.state
    services.auditor.state = () => Promise.reject(new Error('planted'))
    const fault = await server.call<Problem>('GET', '/api/audit', { token: await server.token('admin') })
    services.auditor.state = broken
    expect(fault.status).toBe(500)
    const id = fault.body.request_id ?? ''
    expect(fault.headers.get('x-request-id')).toBe(id)
    expect(fault.body.detail).toContain(id.slice(0, 8))
    expect((await linesOf(id)).filter(({ level }) => level === 50).map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['unexpected error', 'request']),
    )
  })
})

describe('/health/ready', () => {
  const ready = async () => {
    const response = await fetch(`${server.url}/health/ready`)
    return {
      status: response.status,
      body: (await response.json()) as {
        status: string
        reason?: string
        seq: number
        components: { id: string; state: string; words: string }[]
      },
    }
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 600))

  it('names each part, quickly', async () => {
    const { status, body } = await ready()
    expect([status, body.status]).toEqual([200, 'ok'])
    expect(body.components.map(({ id }) => id)).toEqual([...READY_PARTS])
    for (const { words } of body.components) expect(words).not.toBe('')
  })

  it('says within its bound that the database hangs, and is ready again when it answers', async () => {
    const { db } = server.running.services
    const real = db.one
    db.one = () => new Promise<never>(() => undefined)
    await settled()
    const asked = performance.now()
    expect(await ready()).toMatchObject({ status: 503, body: { status: 'unavailable', reason: 'database' } })
    expect(performance.now() - asked).toBeLessThan(4_000)
    db.one = real
    await settled()
    expect((await ready()).status).toBe(200)
  })

  it('knows a folder that cannot be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'siaga-disk-'))
    expect(await lookAtDisk(join(folder, 'made'))).toMatchObject({ writable: true, fault: null })
    writeFileSync(join(folder, 'file'), '')
    expect(await lookAtDisk(join(folder, 'file'))).toMatchObject({ writable: false, fault: 'EEXIST' })
    rmSync(folder, { recursive: true })
  })

  it('tells a clock that jumped, and stays ready: sending everybody away would help nobody', async () => {
    const told = async () => {
      const { status, body } = await ready()
      return { status, clock: body.components.find(({ id }) => id === 'clock')?.state }
    }
    // The feed was heard so long ago until it is asked again, within a second.
    clock_off_ms = 10_000
    await settled()
    await expect.poll(told, { timeout: 5_000 }).toEqual({ status: 200, clock: 'warning' })
    clock_off_ms = 3_600_000
    await expect.poll(told, { timeout: 5_000 }).toEqual({ status: 200, clock: 'down' })
    clock_off_ms = 0
    await settled()
    await expect.poll(async () => (await ready()).status, { timeout: 5_000 }).toBe(200)
  })
})

it('/api/health is for admin and supervisor, and tells every part', async () => {
  for (const role of ['admin', 'supervisor'] as const) {
    const { body, status } = await server.call<HealthReport>('GET', '/api/health', { token: await server.token(role) })
    expect(status).toBe(200)
    expect(healthReport.parse(body).parts.map(({ id }) => id)).toEqual([...HEALTH_PARTS])
    expect(body.parts.filter(({ state }) => state === 'unknown')).toEqual([])
    // What was so when the server began to look may be older than the server.
    expect(body.parts.find(({ id }) => id === 'backup')).toMatchObject({ state: 'off', or_earlier: true })
    for (const { words, words_en } of body.parts) {
      for (const text of [words, words_en]) expect(text).not.toMatch(/[{}]|undefined|^$/)
      expect(words_en).not.toBe(words)
    }
    // Decimals as each language writes them.
    const disk = body.parts.find(({ id }) => id === 'disk')
    expect(disk?.words).toMatch(/ \d+,\d GB$/)
    expect(disk?.words_en).toMatch(/ \d+\.\d GB/)
  }
  expect((await server.call('GET', '/api/health', { token: await server.token('operator') })).status).toBe(403)
})

it('a job that failed is told by its name until it ends well', async () => {
  const admin = await server.token('admin')
  const { db } = server.running.services
  const real = db.value
  const erase = () => server.call('POST', '/api/privacy/erase-due', { token: admin })
  const told = async () => {
    const { body } = await server.call<HealthReport>('GET', '/api/health', { token: admin })
    return body.parts.find(({ id }) => id === 'jobs')
  }
  db.value = ((name: string, ...more: never[]) =>
    name === 'privacy_erase_due' ? Promise.reject(new Error('torn')) : real(name, ...more)) as typeof db.value
  try {
    expect((await erase()).status).toBe(202)
    await expect.poll(told, { timeout: 5_000 }).toMatchObject({
      state: 'warning',
      words: 'Pekerjaan berkala gagal: penghapusan data pribadi',
      words_en: 'Regular jobs failed: erasing personal data',
      or_earlier: false,
    })
    expect(lines().find(({ level, job }) => level === 50 && job === 'erasure')).toBeDefined()
  } finally {
    db.value = real
  }
  expect((await erase()).status).toBe(202)
  await expect.poll(async () => (await told())?.state, { timeout: 5_000 }).toBe('ok')
})

describe('/metrics', () => {
  interface Family {
    help: string
    type: string
    samples: { name: string; labels: Record<string, string>; value: number }[]
  }
  /** The text format of Prometheus, version 0.0.4. */
  function parse(text: string): Map<string, Family> {
    const families = new Map<string, Family>()
    let here: Family | null = null
    let name = ''
    for (const line of text.split('\n')) {
      const help = /^# HELP (\S+) (.+)$/.exec(line)
      const type = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line)
      if (help) {
        name = help[1]
        families.set(name, (here = { help: help[2], type: '', samples: [] }))
      } else if (type && here) {
        expect(type[1]).toBe(name)
        here.type = type[2]
      } else if (line !== '') {
        const sample = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i.exec(line)
        if (!sample || !here) throw new Error(`not a sample: ${line}`)
        expect(sample[1].startsWith(name)).toBe(true)
        const labels = Object.fromEntries(
          [...(sample[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map((m) => [m[1], m[2]]),
        )
        here.samples.push({ name: sample[1], labels, value: Number(sample[3].replace('Nan', 'NaN')) })
      }
    }
    return families
  }
  /** Counts of things that are there now need no unit; the rest names one. */
  const COUNTS =
    /^siaga_(live_readers|log_seq|alias_corrections|routing_source|audit_broken|screens?_\w+|outbox_(pending|dead)|incidents_\w+|units_\w+|database_connections|standby_up|synchronous)$/

  it('has help, a type, a unit in each name, and no series that grows with what is asked for', async () => {
    const token = await server.token('admin')
    const read = async () => parse(await (await fetch(`${server.url}/metrics`)).text())
    await server.call('POST', '/api/positions', {
      token,
      body: [
        { callsign: 'Damkar 1', location: { type: 'Point', coordinates: [109.67, -6.89] } },
        { callsign: 'tiada', location: { type: 'Point', coordinates: [0, 0] } },
      ],
    })
    const before = await read()
    for (let n = 0; n < 20; n++) {
      await server.call('GET', `/api/incidents/${crypto.randomUUID()}`, { token })
      await fetch(`${server.url}/nothing/${n}`)
    }
    const after = await read()
    for (const [name, { help, type, samples }] of after) {
      expect(help.length, name).toBeGreaterThan(10)
      expect(type, name).not.toBe('')
      if (!name.startsWith('siaga_')) continue
      if (type === 'counter') expect(name).toMatch(/_total$/)
      else if (!COUNTS.test(name)) expect(name).toMatch(/_(seconds|bytes)$/)
      for (const { labels } of samples)
        for (const value of Object.values(labels)) expect(value).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|Damkar/)
    }
    const of = (name: string) => after.get(name)?.samples ?? []
    expect(of('siaga_positions_total').find(({ labels }) => labels.outcome === 'taken')?.value).toBe(1)
    expect(of('siaga_positions_total').find(({ labels }) => labels.outcome === 'unknown_unit')?.value).toBe(1)
    expect(of('siaga_incidents_open')[0].value).toBe(1)
    expect(of('siaga_units_positioned')[0].value).toBe(1)
    expect(of('siaga_event_delay_seconds').find(({ name }) => name.endsWith('_count'))?.value).toBeGreaterThan(0)
    expect(of('siaga_slow_queries_total').length).toBeGreaterThan(3)
    expect(of('siaga_database_connections').length).toBe(3)
    expect(of('siaga_job_runs_total').find(({ labels }) => labels.job === 'housekeeping')?.value).toBe(1)
    const series = (families: Map<string, Family>) =>
      families.get('siaga_http_request_seconds')?.samples.filter(({ name }) => name.endsWith('_count')).length ?? 0
    // One for the unknown incident (404 of its route), one for what is no route at all.
    expect(series(after) - series(before)).toBeLessThanOrEqual(3)
  })

  it('counts no clock of a late entry as run out', async () => {
    const { db, now, simulated } = server.running.services
    const breached = async (late_entry: boolean) => {
      await db.execute(`update incident set received_at = now() - interval '1 hour', late_entry = ${late_entry}`)
      return db.one('health_open', { now: now(), simulated })
    }
    expect(await breached(false)).toEqual({ open: 1, agent_breached: 1, opd_breached: 0 })
    expect(await breached(true)).toEqual({ open: 1, agent_breached: 0, opd_breached: 0 })
  })
})
