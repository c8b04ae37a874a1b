import { pino } from 'pino'
import type pg from 'pg'
import { dirname } from 'node:path'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERIODS } from '../../geo/privacy/retention.ts'
import type { Breach } from '../../geo/wire/breach.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import type { Looker, Looks, PrivacyCase, PrivacyState } from '../../geo/wire/privacy.ts'
import { ROLES, type Role } from '../../geo/wire/primitives.ts'
import { apiRoutes } from '../../server/app.ts'
import { checkLog } from '../../server/audit/check.ts'
import { erasingDue } from '../../server/privacy/eraser.ts'
import { erasuresFile } from '../../server/privacy/noted_erasures.ts'
import { readLive, startTestServer, type TestServer } from '../helpers/server.ts'

/** In every name and word that is planted, and the number that is. */
const MARK = 'Qwxz'
const NUMBER = '081298765478'
const MARKED = new RegExp(`${MARK}|98765478`)
const DAY_MS = 86_400_000
const NOBODY = '00000000-0000-4000-8000-000000000000'
const PLACE = { type: 'Point', coordinates: [109.662, -6.89154] }

let server: TestServer
let sql: pg.Client
/** Milliseconds that the server's clock is ahead. */
let ahead = 0
let server_log = ''
const tokens = new Map<Role, string>()

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void (server_log += line) })
  server = await startTestServer({}, { now: () => new Date(Date.now() + ahead), log })
  sql = await server.running.services.db.client()
  for (const role of ROLES) tokens.set(role, await server.token(role))
})
afterAll(async () => {
  await sql?.end()
  const file = server && erasuresFile(server.running.services.config)
  await server?.stop()
  if (file) rmSync(file, { force: true })
})

async function ask<T>(method: string, path: string, body?: object, token = tokens.get('admin')): Promise<T> {
  const answer = await server.call<T>(method, path, { token, body })
  expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
  return answer.body
}
const words = (what: string) => `${what} ${MARK}`
const caller = {
  caller_name: words('Zulaikha'),
  caller_number: NUMBER,
  address_text: words('rumah'),
  description: words('api'),
}
const record = async (more: object = {}) =>
  (
    await ask<{ incident: Incident }>(
      'POST',
      '/api/incidents',
      { incident_type: 'kebakaran', location: PLACE, ...caller, ...more },
      tokens.get('operator'),
    )
  ).incident
const cancel = (id: string) => ask('PATCH', `/api/incidents/${id}`, { status: 'cancelled', note: words('batal') })
const held = (number: string) => ask<PrivacyCase>('GET', `/api/privacy/cases/${number}`)

/** A case with private words everywhere that the API takes some. */
async function plantCase() {
  const call = await ask<{ id: string }>('POST', '/api/calls', { caller_number: NUMBER })
  await ask('PATCH', `/api/calls/${call.id}`, { ...caller, location: PLACE, accuracy_m: 30 })
  await ask('POST', '/api/device-locations', { call_id: call.id, location: PLACE, accuracy_m: 20, source: 'aml' })
  const incident = await record({ call_id: call.id })
  const agencies = await ask<{ id: string; kind: string; code: string }[]>('GET', '/api/agencies')
  const [agency, other] = [agencies.find((a) => a.kind === 'damkar'), agencies.find((a) => a.kind === 'pmi')]
  const sent = await ask<{ id: string }[]>('POST', `/api/incidents/${incident.id}/assignments`, {
    agency_ids: [agency?.id, other?.id],
  })
  const unit = (await ask<{ id: string; agency_id: string }[]>('GET', '/api/units')).find(
    (u) => u.agency_id === agency?.id,
  )
  await ask('POST', `/api/incidents/${incident.id}/assignments`, {
    unit_ids: [unit?.id],
    override_reason: words('alasan'),
  })
  await ask('POST', `/api/assignments/${sent[1].id}/status`, { status: 'declined', note: words('tolak') })
  const help = await ask<{ id: string }>('POST', `/api/incidents/${incident.id}/help`, {
    ...{ agency_kind: 'bpbd', words: words('bantu'), agency_id: agency?.id },
  })
  await ask('POST', `/api/help/${help.id}/answer`, { status: 'refused', words: words('tidak ada') })
  await ask('PATCH', `/api/incidents/${incident.id}`, { note: words('catatan') })
  await ask('PUT', `/api/incidents/${incident.id}/report`, {
    ...{ dead: 0, injured: 1, evacuated: 2, cause: words('kompor'), measures: words('padam'), words: words('lain') },
    ...{ revision: 0, agency_id: agency?.id },
  })
  return { call, incident, agency: agency?.id ?? '', declined: other?.id ?? '', unit: unit?.id ?? '' }
}

describe('names, numbers and words of people', () => {
  it('are told to those who handle the case, on its own pages, and nowhere else', async () => {
    const readers = await Promise.all(
      ROLES.map(async (role) => ({ role, reader: await readLive(server.url, { token: tokens.get(role) }) })),
    )
    const { call, incident, agency, declined, unit } = await plantCase()
    const [{ id: decision }] = (
      await sql.query<{ id: string }>('select id from dispatch_decision where override_reason is not null')
    ).rows
    // What is refused is not repeated, whoever asks how.
    for (const [method, path, body] of [
      ['GET', `/api/calls/${NUMBER}`],
      ['GET', `/api/${words('x')}`],
      ['POST', '/api/incidents', { incident_type: words('x'), location: PLACE, [words('kolom').replace(' ', '_')]: 1 }],
      ['POST', '/api/calls', { caller_number: { nomor: NUMBER } }],
      ['PATCH', `/api/incidents/${incident.id}`, { status: 'handed_over', handed_over_to: `Pak ${NUMBER}` }],
    ] as const)
      expect((await server.call(method, path, { token: tokens.get('operator'), body })).status, path).toBeGreaterThan(
        399,
      )

    const bound: [string, string][] = [
      ['dispatcher of the case', await server.token('dispatcher', { agency_id: agency })],
      ['dispatcher that declined', await server.token('dispatcher', { agency_id: declined })],
      ['responder of the case', await server.token('responder', { unit_id: unit })],
      ...ROLES.map((role): [string, string] => [role, tokens.get(role) ?? '']),
    ]
    const seen: Record<string, string[]> = {}
    const routes = apiRoutes(server.running.services, { routes: [] } as never).filter(({ method }) => method === 'get')
    const fill = (path: string) =>
      path
        .replace('/decisions/:id', `/decisions/${decision}`)
        .replace('/calls/:id', `/calls/${call.id}`)
        .replace('/incidents/:id', `/incidents/${incident.id}`)
        .replace(':number', incident.number)
        .replace(/:\w+/g, NOBODY)
    for (const { path } of routes)
      for (const [who, token] of bound) {
        const { body } = await server.call<unknown>('GET', fill(path), { token })
        if (MARKED.test(JSON.stringify(body))) (seen[path] ??= []).push(who)
      }
    const room = ['operator', 'supervisor', 'admin']
    const handlers = ['dispatcher of the case', 'responder of the case', ...room]
    expect(seen).toEqual({
      '/api/calls/:id': room,
      '/api/incidents/:id': handlers,
      '/api/incidents/:id/help': handlers,
      '/api/incidents/:id/reports': handlers,
      '/api/ledger': ['supervisor', 'admin'],
      '/api/ledger/decisions/:id': ['supervisor', 'admin'],
    })

    for (const path of ['/metrics', '/health/ready', '/api/openapi.json'])
      expect(JSON.stringify((await server.call('GET', path)).body)).not.toMatch(MARKED)
    const last = await server.running.services.db.value<number>('live_head')
    for (const { role, reader } of readers) {
      await reader.until((message) => message.type === 'event' && message.seq >= last)
      expect(JSON.stringify(reader.messages), role).not.toMatch(MARKED)
      reader.close()
      const late = await readLive(server.url, { token: tokens.get(role) })
      expect(JSON.stringify(await late.until((message) => message.type === 'snapshot')), role).not.toMatch(MARKED)
      late.close()
    }
    expect(server_log).toContain('"path":"/api/calls/:id"')
    expect(server_log).not.toMatch(MARKED)
    for (const table of [
      'event',
      'idempotency_key',
      'assignment',
      'incident',
      'call',
      'setting',
      'import_run',
      'credential',
    ])
      expect(await rowsOf(table), table).not.toMatch(MARKED)

    const mine = await ask<PrivacyCase>('GET', `/api/privacy/cases/${incident.number}`)
    expect(mine).toMatchObject({ caller_name: 'Z. Q.', caller_number: '0812••••••78', open: true, ended_at: null })
    const views = await ask<Looks>('GET', `/api/incidents/${incident.id}/views`)
    expect(new Set(views.rows.map(({ kind }) => kind))).toEqual(
      new Set(['case', 'call', 'report', 'help', 'reason', 'held', 'views']),
    )
  })
})

async function rowsOf(table: string): Promise<string> {
  const { rows } = await sql.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`)
  return rows.map(({ row }) => row).join('\n')
}
const tables = async () =>
  (
    await sql.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name !~ '^(layer_|spatial_ref)' order by 1`,
    )
  ).rows.map(({ name }) => name)

describe('the registry of what rests where (sql/functions/private_store.sql)', () => {
  /** Named like words of people, and none: what a program or an admin writes of things, not of callers. */
  const PLAIN = [
    ...[
      'agency.name',
      'agency.phone',
      'station.name',
      'station.address',
      'incident_type.name',
      'incident_type.name_en',
    ],
    ...['closure.reason', 'import_run.report', 'screen.name', 'schema_migration.name', 'dispatch_decision.reason_code'],
    ...['screen.stale_reason', 'screen_span.stale_reason'],
    ...['coverage_scenario.name', 'coverage_scenario.note'],
  ]
  it('knows every table with a salt, and every column that may hold words of people', async () => {
    const stores = (
      await sql.query<{ store: string; period: string; cleared: string | null }>('select * from private_store()')
    ).rows
    for (const { store, period } of stores) expect(PERIODS, store).toContain(period)
    const columns = (
      await sql.query<{ table_name: string; column_name: string }>(
        `select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY')`,
      )
    ).rows.filter(({ table_name }) => !/^(layer_|geometry_|geography_)/.test(table_name))
    const real = new Set(await tables())
    const suspect =
      /^salt$|name|number$|phone|contact|address|words|body|note|reason$|description|cause|damage|measures|told|summary|outcome_words|comment|complain|title|finding|follow_up|conclusion|report$|^(what|data|how)$|_how$/
    const missing = columns
      .filter(({ table_name, column_name }) => real.has(table_name) && suspect.test(column_name))
      .filter(({ table_name, column_name }) => !PLAIN.includes(`${table_name}.${column_name}`))
      .filter(({ table_name, column_name }) => {
        const store = stores.find((each) => each.store === table_name)
        return !store || !(store.cleared === null || new RegExp(`\\b${column_name} =`).test(store.cleared))
      })
      .map(({ table_name, column_name }) => `${table_name}.${column_name}`)
    expect(
      missing.filter((name) => !KNOWN.has(name)),
      'add a line to sql/functions/private_store.sql',
    ).toEqual([])
  })
  /** Numbers and names of cases, not of people. */
  const KNOWN = new Set([
    'incident.number',
    'alias.target_name',
    'complaint.number',
    'holiday.name',
    'outbox_message.reason',
  ])
})

describe('retention', () => {
  it('is an admin’s to set, within bounds, and told in the log', async () => {
    const refused = await server.call<{ errors: { field: string }[] }>('PUT', '/api/privacy/retention', {
      ...{ token: tokens.get('admin'), body: { words: 3 } },
    })
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'words'])
    await ask('PUT', '/api/privacy/retention', { words: 400 })
    expect((await ask<PrivacyState>('GET', '/api/privacy')).days).toMatchObject({ words: 400, device_location: 30 })
    await ask('PUT', '/api/privacy/retention', { words: 365 })
    expect(await rowsOf('event')).toMatch(/privacy\.retention/)
  })

  it('is due at 03.00 WIB', () => {
    const at = Date.parse('2026-11-24T02:59:00+07:00')
    expect(new Date(erasingDue(at)).toISOString()).toBe('2026-11-22T20:00:00.000Z')
    expect(new Date(erasingDue(at + 60_000)).toISOString()).toBe('2026-11-23T20:00:00.000Z')
  })

  it('erases every word of cases that are over, in batches, and leaves figures, log, open and held cases whole', async () => {
    const stale = await ask<Incident[]>('GET', '/api/incidents?status=open')
    const open = await record()
    const kept = await record()
    const twin = await record()
    await ask('PATCH', `/api/incidents/${twin.id}`, { status: 'duplicate', duplicate_of: open.id })
    await cancel(kept.id)
    await ask('PUT', `/api/privacy/cases/${kept.number}/hold`, { reason: words('sengketa') })
    const lone = await ask<{ id: string }>('POST', '/api/calls', { caller_number: NUMBER })
    for (const { id } of stale) await ask('PATCH', `/api/incidents/${id}`, { status: 'closed', note: words('selesai') })
    const more = await Promise.all([record(), record(), record()])
    for (const { id } of more) await cancel(id)

    const figures = async () => {
      const day = (at: number) => new Date(at).toISOString().slice(0, 10)
      const span = `from=${day(Date.now() - DAY_MS)}&to=${day(Date.now() + 2 * DAY_MS)}`
      const ledger = await ask<{ rows: object[] }>('GET', `/api/ledger?${span}`)
      return {
        districts: await ask('GET', `/api/stats/districts?${span}`),
        cells: await ask('GET', `/api/sla/cells?${span}&stage=agent`),
        ledger: { ...ledger, rows: ledger.rows.map((row) => ({ ...row, reason_words: null })) },
      }
    }
    ahead = 364 * DAY_MS
    await server.running.services.eraser.eraseNow()
    expect(await rowsOf('device_location')).toBe('')
    expect(await rowsOf('incident_private')).not.toMatch(/"erased_at": "/)

    ahead = 366 * DAY_MS
    const before = await figures()
    const one = { period: 'words', days: 365 }
    const batch = await server.running.services.db.value<{ cases: number; more: boolean }>('privacy_erase_due', {
      ...{ rule: one, limit: 2, actor: 'system', now: server.running.services.now(), simulated: false },
    })
    expect(batch).toMatchObject({ cases: 2, more: true })
    await server.running.services.eraser.eraseNow()
    expect(await figures()).toEqual(before)

    const still = new Set([open.id, kept.id, twin.id])
    for (const table of await tables()) {
      const left = (await rowsOf(table)).split('\n').filter((row) => MARKED.test(row))
      const known = left.filter((row) => [...still].some((id) => row.includes(id)))
      expect(left.length - known.length, table).toBe(0)
    }
    for (const id of still)
      expect(await rowsOf('incident_private')).toMatch(new RegExp(`${id}.*${MARK}|${MARK}.*${id}`))
    const gone = await sql.query<{ salts: string[] }>(
      `select array_agg(distinct salt) as salts from (select salt from incident_private where erased_at is not null union all
         select salt from call_private where call_id = '${lone.id}') s`,
    )
    expect(gone.rows[0].salts).toEqual([''])
    const { rows } = await sql.query<{ body: { cases: number; rule: object; erased: Record<string, number> } }>(
      `select line::jsonb -> 'body' as body from event where kind = 'privacy.erased' order by seq desc limit 1`,
    )
    expect(rows[0].body.rule).toMatchObject({ period: 'words', days: 365 })
    expect(rows[0].body.erased.incident_private).toBeGreaterThan(0)
    const whole = await checkLog(
      server.running.services.db,
      server.running.services.config.anchors_file,
      async () => undefined,
    )
    expect(whole.seq).toBe(await server.running.services.db.value('live_head'))

    const seen = await ask<{ description: null; erased_at: string }>('GET', `/api/incidents/${more[0].id}`)
    expect(seen).toMatchObject({ description: null, erased_at: expect.stringMatching(/^\d{4}-/) })
    // A second night has nothing to do, and says nothing.
    const head = await server.running.services.db.value('live_head')
    await server.running.services.eraser.eraseNow()
    expect(await server.running.services.db.value('live_head')).toBe(head)
    const told = await ask<PrivacyState>('GET', '/api/privacy')
    expect(told.last).toMatchObject({ cases: 0, rows: 0, fault: null })
    // One row for all batches of the night.
    const nights = told.erasures.filter(({ rule, period }) => rule === 'retention' && period === 'words')
    expect(nights.map(({ cases }) => cases)).toEqual([4])
    expect(told.holds.map(({ number }) => number)).toEqual([kept.number])
  })
})

describe('a request of the person', () => {
  it('erases one case at once, unless it is open or held, and again after a restore', async () => {
    const incident = await record()
    const erase = () =>
      server.call<{ noted: boolean; detail: string }>('POST', `/api/privacy/cases/${incident.number}/erase`, {
        ...{ token: tokens.get('admin'), body: { reason: words('surat pemohon') } },
      })
    expect((await erase()).status).toBe(409)
    await cancel(incident.id)
    await ask('PUT', `/api/privacy/cases/${incident.number}/hold`, { reason: words('penyidikan') })
    expect((await erase()).body.detail).toMatch(/ditahan/)
    await ask('DELETE', `/api/privacy/cases/${incident.number}/hold`)
    expect(await held(incident.number)).toMatchObject({ held: { incident_private: 1, incident_note: 1 }, hold: null })
    expect(await erase()).toMatchObject({ status: 200, body: { noted: true } })
    expect((await erase()).status).toBe(409)
    expect(await held(incident.number)).toMatchObject({
      held: {},
      erasures: [{ rule: 'request', reason: words('surat pemohon') }],
    })
    expect(await rowsOf('event')).not.toMatch(MARKED)

    await sql.query('update incident_private set erased_at = null, description = $2 where incident_id = $1', [
      ...[incident.id, words('dari cadangan')],
    ])
    await server.running.services.eraser.eraseNow()
    expect(await held(incident.number)).toMatchObject({
      held: {},
      erasures: [{ rule: 'request_again' }, { rule: 'request' }],
    })
    expect(dirname(erasuresFile(server.running.services.config))).toBe(
      dirname(server.running.services.config.anchors_file),
    )
  })
})

describe('who saw it', () => {
  it('is told by case and by account, those with no part in the case marked, as CSV too, and is a look itself', async () => {
    const incident = await record()
    await ask('GET', `/api/incidents/${incident.id}`, undefined, await server.token('supervisor'))
    await ask('GET', `/api/incidents/${incident.id}`, undefined, tokens.get('operator'))
    const { rows, whole } = await ask<Looks>('GET', `/api/incidents/${incident.id}/views`)
    expect(whole).toBe(true)
    expect(rows.map(({ actor, handled, kind }) => [actor.split(':')[0], handled, kind])).toEqual([
      ['operator', true, 'case'],
      ['supervisor', false, 'case'],
    ])
    const again = await ask<Looks>('GET', `/api/incidents/${incident.id}/views`)
    expect(again.rows[0]).toMatchObject({ kind: 'views', handled: null })
    const [{ actor }] = rows.slice(1)
    const theirs = await ask<Looks>('GET', `/api/privacy/views?actor=${encodeURIComponent(actor)}`)
    expect(theirs.rows).toMatchObject([{ number: incident.number, handled: false }])
    const lookers = await ask<Looker[]>('GET', '/api/privacy/lookers')
    expect(lookers.find((each) => each.actor === actor)).toMatchObject({ looks: 1, cases: 1, unhandled: 1 })
    const csv = await server.call<string>('GET', `/api/privacy/views.csv?actor=${encodeURIComponent(actor)}`, {
      token: tokens.get('admin'),
    })
    expect(csv.body).toMatch(
      new RegExp(`waktu_wib,akun.*\\r\\n\\d{4}-\\d\\d-\\d\\d .*,${actor},case,${incident.number},,tidak`, 's'),
    )
    const list = await ask<Looks>('GET', '/api/privacy/views')
    expect(list.rows.filter(({ kind }) => kind === 'views').map(({ about }) => about)).toContain(actor)
  })
})

describe('a breach', () => {
  it('runs 3 x 24 h until both are told, takes the cases an account saw, and ends with a conclusion', async () => {
    const incident = await record()
    const spy = await server.token('supervisor')
    await ask('GET', `/api/incidents/${incident.id}`, undefined, spy)
    const { rows } = await ask<Looks>('GET', `/api/incidents/${incident.id}/views`)
    const at = (ms: number) => new Date(Date.now() + ahead + ms).toISOString()
    const made = await ask<Breach>('POST', '/api/breaches', { found_at: at(-3_600_000), what: words('layar difoto') })
    const path = `/api/breaches/${made.id}`
    const patch = (body: object) =>
      server.call<Breach & { errors: { field: string }[] }>('PATCH', path, { token: tokens.get('admin'), body })
    expect((await patch({ revision: 7, subjects: 1 })).status).toBe(409)
    expect((await patch({ revision: 1, outcome: 'confirmed', conclusion: 'ya' })).body.errors[0].field).toBe('outcome')
    expect((await patch({ revision: 1, authority_notified_at: at(0) })).body.errors[0].field).toBe('authority_how')
    const cases = await ask<Breach>('POST', `${path}/cases`, {
      seen_by: rows[0].actor,
      from: at(-DAY_MS),
      to: at(60_000),
    })
    expect(cases.cases.map(({ number }) => number)).toEqual([incident.number])
    const told = {
      authority_notified_at: at(0),
      authority_how: 'surat',
      subjects_notified_at: at(0),
      subjects_how: 'SMS',
    }
    expect(
      (await patch({ revision: 1, data: words('nama'), measures: words('ganti sandi'), subjects: 3, ...told })).body
        .revision,
    ).toBe(2)
    const ended = await patch({ revision: 2, outcome: 'confirmed', conclusion: words('selesai') })
    expect(ended.body).toMatchObject({ outcome: 'confirmed', concluded_by: expect.stringMatching(/^admin:/) })
    expect((await patch({ revision: 3, subjects: 4 })).status).toBe(409)
    expect(await rowsOf('event')).not.toMatch(MARKED)
  })
})
