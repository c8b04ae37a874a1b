/**
 * `npm run golden:backup`: a small invented day in the built-in city, played by the program as it is, backed up under the name of its newest
 * migration, with what the server answered about it. One is made before each round of migrations and never again: tests/server/upgrade.test.ts
 * brings every one of them to the schema of today.
 */
import { createWriteStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { PLACES } from '../../../geo/city/places.ts'
import { backupText, type Told } from '../../../server/backup/text.ts'
import { functions, migrations } from '../../../server/db/sql.ts'
import { startServer } from '../../../server/main.ts'
import { GOLDEN, onInstallation } from '../../helpers/backups.ts'
import { seededRandom } from '../../helpers/random.ts'
import { clientOf, startTestServer, type TestServer } from '../../helpers/server.ts'
import { employ, type Staff } from '../../helpers/shift/people.ts'
import { playShift } from '../../helpers/shift/play.ts'
import { OPD, writeScript, type ScriptedCall } from '../../helpers/shift/script.ts'
import { answersOf, LOOKED_AT } from './answers.ts'

const HOUR = 3_600_000
const STARTS = Date.parse('2026-11-24T08:00:00+07:00')
const clock = { at: STARTS - HOUR }
const schema = (migrations.at(-1) as { name: string }).name.slice(0, 4)

/** One case of each course, three that go the plain way, and a few calls of every other kind. */
function small(script: readonly ScriptedCall[]): ScriptedCall[] {
  const seen = new Map<string, number>()
  return script.filter((call) => {
    const about = call.case?.course ?? call.kind
    const n = (seen.get(about) ?? 0) + 1
    seen.set(about, n)
    return n <= (about === 'plain' ? 3 : about === 'real' ? 6 : call.case ? 1 : 2)
  })
}

const point = (i: number) => ({ type: 'Point', coordinates: [...PLACES[i].point] })

/** Cases that are left where they are, so that every state is there. */
async function leaveOpen({ operators: [agen], dispatchers, supervisor }: Staff): Promise<void> {
  const reach = async (place: number, states: readonly string[], sent: boolean) => {
    const { incident, recommendations } = await agen.must<{
      incident: { id: string }
      recommendations: { units: { unit_id: string; agency_id: string }[] }[]
    }>('POST', '/api/incidents', {
      incident_type: 'kebakaran',
      location: point(place),
      accuracy_m: 60,
      address_text: 'dekat pasar',
      caller_name: 'Penelepon Uji',
    })
    if (!sent) {
      if (states.includes('verified')) await agen.must('PATCH', `/api/incidents/${incident.id}`, { status: 'verified' })
      return
    }
    const unit = recommendations[0].units[0]
    const [job] = await agen.must<{ id: string; agency_id: string }[]>(
      'POST',
      `/api/incidents/${incident.id}/assignments`,
      { unit_ids: [unit.unit_id], override_reason: 'lainnya', override_words: 'uji' },
    )
    const by = dispatchers.get(job.agency_id) ?? supervisor
    for (const status of states) {
      clock.at += 60_000
      await by.must('POST', `/api/assignments/${job.id}/status`, { status })
    }
  }
  await reach(0, [], false)
  clock.at += 30_000
  await reach(3, ['verified'], false)
  clock.at += 30_000
  await reach(6, [], true)
  await reach(9, ['acknowledged', 'en_route'], true)
  await reach(12, ['acknowledged', 'en_route', 'on_scene', 'done'], true)
}

/** What else an installation holds: complaints, positions, a closure, papers, holds, erasures. */
async function furnish(
  server: TestServer,
  { operators: [agen], supervisor }: Staff,
  cases: readonly { number: string; status: string }[],
) {
  const admin = await server.token('admin')
  const must = async <T>(method: string, path: string, body?: object, token = admin): Promise<T> => {
    const answer = await server.call<T>(method, path, { token, body })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const closed = cases.filter(({ status }) => status === 'closed')
  await must('POST', '/api/closures', {
    kind: 'area',
    reason: 'rob',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [109.668, -6.872],
          [109.674, -6.872],
          [109.674, -6.867],
          [109.668, -6.867],
          [109.668, -6.872],
        ],
      ],
    },
    depth_cm: 25,
    starts_at: new Date(clock.at).toISOString(),
    ends_at: new Date(clock.at + 8 * HOUR).toISOString(),
  })
  const units = await must<{ callsign: string }[]>('GET', '/api/units')
  await must(
    'POST',
    '/api/positions',
    units.slice(0, 8).map(({ callsign }, i) => ({
      callsign,
      location: point(i),
      fix_at: new Date(clock.at - i * 1000).toISOString(),
    })),
    await server.token('integration'),
  )
  const officer = await server.token('complaints_officer')
  const complaint = await must<{ id: string }>(
    'POST',
    '/api/complaints',
    {
      id: '0b7a1c1e-52a4-4c0e-9d7e-1a2b3c4d5e6f',
      channel: 'in_person',
      category: 'slow_arrival',
      words: 'petugas datang lama',
      name: 'Pengadu Uji',
      contact: 'surat',
      incident_number: closed[0].number,
    },
    officer,
  )
  await must('POST', `/api/complaints/${complaint.id}/steps`, { step: 'take', revision: 1 }, officer)
  const { path } = await must<{ path: string }>('POST', '/api/surveys', { incident_number: closed[0].number })
  const answered = { token: path.split('#')[1], scores: [4, 3, 4, 4, 3, 4, 4, 2, 4], words: 'sudah baik' }
  await must('POST', '/api/survey', answered)
  await must('POST', '/api/surveys', { incident_number: closed[1].number })
  await must('PUT', '/api/staff/agen1', { name: 'Petugas Uji', records: [] })
  await supervisor.must('POST', '/api/shift-plan', {
    changes: [{ day: '2026-11-25', shift: 'pagi', code: 'agen1', on: true }],
  })
  await agen.must('PUT', '/api/handovers', {
    day: '2026-11-24',
    shift: 'pagi',
    words: 'tidak ada hal khusus',
    equipment: 'baik',
    revision: 0,
  })
  await must('POST', '/api/coverage/scenarios', {
    name: 'Pos baru',
    note: 'usulan',
    agency_kind: 'damkar',
    minutes: [5, 10, 15],
    from: 'posts',
    changes: [{ kind: 'add_post', location: point(2) }],
  })
  await must('PUT', `/api/privacy/cases/${closed[1].number}/hold`, { reason: 'sengketa uji' })
  await must('POST', `/api/privacy/cases/${closed[2].number}/erase`, { reason: 'permintaan uji' })
  await must('POST', '/api/breaches', { found_at: new Date(clock.at - HOUR).toISOString(), what: 'uji' })
}

it(`makes ${schema}`, async () => {
  const server = await startTestServer({}, { now: () => new Date(clock.at) })
  try {
    const staff = await employ(server, OPD)
    const random = seededRandom(28)
    const script = small(
      writeScript(
        random,
        PLACES.map(({ point }) => point),
        STARTS,
      ),
    )
    expect(script.length).toBeGreaterThanOrEqual(25)
    const { cases } = await playShift(server, staff, script, random, clock, [])
    clock.at = Math.max(clock.at, STARTS + 9 * HOUR)
    await furnish(server, staff, cases)
    await leaveOpen(staff)
    expect(clock.at).toBeLessThan(LOOKED_AT.getTime())
    await server.running.stop()
    let told: Told | null = null
    await onInstallation(server.installation.config, (session) =>
      pipeline(
        Readable.from(backupText(session, 'golden', (what) => (told = what))),
        createGzip({ level: 9 }),
        createWriteStream(join(GOLDEN, `${schema}.siaga`)),
      ),
    )
    // Asked of a server that has just been started, as one is after an upgrade.
    const again = await startServer(server.installation.config, {
      progress: () => undefined,
      clientDir: server.installation.config.data_dir,
      version: 'test',
      now: () => LOOKED_AT,
    })
    const answers = await answersOf(clientOf(again)).finally(() => again.stop())
    for (const [name, text] of [
      ['answers.json', JSON.stringify(answers)],
      ['functions.sql', functions.map(({ text }) => text).join('\n')],
    ])
      writeFileSync(join(GOLDEN, `${schema}.${name}.gz`), gzipSync(text, { level: 9 }))
    console.info(JSON.stringify(told, null, 1), Object.keys(answers).length)
  } finally {
    await server.installation.remove()
  }
}, 120_000)
