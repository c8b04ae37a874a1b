import { afterEach, describe, expect, it, vi } from 'vitest'
import { Case } from '../../../client/console/state/case.svelte.ts'
import type { Recommendation } from '../../../geo/dispatch/types.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import { busyJob } from '../../../client/console/state/busy.ts'
import { anAssignment, anIncident, aUnit, T0 } from '../fixtures.ts'
import { ok, refusal, standIn } from './server.ts'
import type { Asked, Said } from './server.ts'

const UNIT = '22222222-2222-4222-8222-222222222222'
const GROUP: Recommendation = {
  agency_kind: 'damkar',
  needed: 1,
  assigned: 0,
  units: [
    {
      unit_id: UNIT,
      callsign: 'Damkar 1',
      suggested: true,
      skills: [],
      eta_seconds: 60,
      turnout_seconds: 60,
      distance_m: 500,
      position_age_seconds: 5,
      position_source: 'live',
      reasons: [],
    },
  ],
  shortfall: null,
  excluded: [],
  ties: [],
  agencies: [],
}
const settled = () => new Promise((done) => setTimeout(done, 20))
const isCommand = ({ method }: Asked) => method !== 'GET'

/** An incident on the desk; `live` is what the feed tells of it. */
async function onDesk(incident: Incident, command: (asked: Asked) => Said | Promise<Said>) {
  const room = { live: incident as Incident | undefined, away: false }
  const server = standIn((asked) => {
    if (isCommand(asked)) return command(asked)
    if (room.away) return 'away'
    return ok(asked.path.endsWith('recommendations') ? [GROUP] : incident)
  })
  const file = new Case(incident.id, () => room.live, {
    incident,
    possible_duplicates: [],
    recommendations: [GROUP],
  })
  await settled()
  server.asked.length = 0
  return { room, server, file }
}

afterEach(() => void vi.unstubAllGlobals())

describe('a hidden number', () => {
  const hidden = anIncident({ number_hidden: true })
  it('asks for a word that the incident was verified', async () => {
    const { file, server } = await onDesk(hidden, () => ok([]))
    expect(file.asks_verified).toBe(true)
    expect(await file.send()).toBe(false)
    expect(file.faults).toHaveProperty('verified')
    expect(server.asked).toEqual([])
  })
  it('asks nothing once somebody else verified it', async () => {
    const { file, room, server } = await onDesk(hidden, () => ok([], 201))
    room.live = { ...hidden, status: 'verified' }
    expect(file.asks_verified).toBe(false)
    expect(await file.send()).toBe(true)
    expect(server.asked[0]).toMatchObject({ method: 'POST', body: { unit_ids: [UNIT] } })
  })
})

describe('who could go', () => {
  it('is what was asked last, though an older answer comes after it', async () => {
    const { file, server } = await onDesk(anIncident(), () => ok([]))
    const answers: ((said: Said) => void)[] = []
    server.answer = () => new Promise<Said>((done) => void answers.push(done))
    const [older, newer] = [file.recommend(), file.recommend()]
    answers[1](ok([{ ...GROUP, needed: 2 }]))
    await newer
    answers[0](ok([GROUP]))
    await older
    expect(file.groups).toMatchObject([{ needed: 2 }])
    expect(file.groups_away).toBe(false)
  })
})

describe('a command whose answer is lost', () => {
  it('is not said to have changed nothing, and is looked up by itself', async () => {
    const { file, server } = await onDesk(anIncident(), () => 'away')
    expect(await file.send()).toBe(false)
    expect(file.notice).toMatch(/belum diketahui/)
    expect(server.asked.map(({ method, path }) => `${method} ${path.split('/').slice(4).join('/')}`)).toEqual([
      'POST assignments',
      'GET ',
      'GET recommendations',
    ])
    await settled()
    expect(file.notice).toBe('')
  })
  it('stays in doubt until the server answers', async () => {
    const { file, room } = await onDesk(anIncident(), () => 'away')
    room.away = true
    await file.patch({ status: 'cancelled' })
    await settled()
    expect(file).toMatchObject({ personal_away: true, groups_away: true })
    expect(file.notice).toMatch(/belum diketahui/)
    room.away = false
    await file.look()
    expect(file.notice).toBe('')
  })
  it('is not settled by what was asked before it', async () => {
    const { file, room, server } = await onDesk(anIncident(), () => 'away')
    const before = server.answer
    let early: () => void = () => undefined
    server.answer = () => new Promise((done) => (early = () => done(ok(room.live))))
    const looking = file.look()
    server.answer = before
    room.away = true
    await file.patch({ status: 'cancelled' })
    early()
    await looking
    expect(file.notice).toMatch(/belum diketahui/)
  })
})

it('takes two presses for one command', async () => {
  let answer: (said: Said) => void = () => undefined
  const { file, server } = await onDesk(anIncident(), () => new Promise((done) => (answer = done)))
  const first = file.patch({ status: 'cancelled' })
  expect(await file.patch({ status: 'cancelled' })).toBe(false)
  answer(refusal('status', 'sudah dibatalkan', 409))
  expect(await first).toBe(false)
  expect(server.asked.filter(isCommand)).toHaveLength(1)
  expect(file.notice).toMatch(/sudah dibatalkan/)
})

describe('a unit that is on a job', () => {
  const OTHER = '33333333-3333-4333-8333-333333333333'
  const JOB = '44444444-4444-4444-8444-444444444444'
  const busy = {
    ...{ unit_id: OTHER, callsign: 'Damkar 2', code: 'busy' as const, reason: 'sedang menangani 112-1' },
    ...{ eta_seconds: 30, turnout_seconds: 60, position_age_seconds: 5, position_source: 'live' as const },
  }
  const word = { unit_id: OTHER, incident_id: JOB, queued_incident_id: null, first_job: 'keep' as const }
  const holding = async (command: (asked: Asked) => Said) => {
    const desk = await onDesk(anIncident(), command)
    const { answer } = desk.server
    const listed = [{ ...GROUP, excluded: [busy] }]
    desk.server.answer = (asked) => (asked.path.endsWith('recommendations') ? ok(listed) : answer(asked))
    await desk.file.recommend()
    return desk
  }

  it('goes with the word that was given of its job, and with a reason when it goes in place of the first', async () => {
    const { file, server } = await holding(() => ok([], 201))
    file.sayOf(word)
    expect(file.owes_reason).toBe(false)
    file.toggleUnit(UNIT)
    expect(file.owes_reason).toBe(true)
    expect(await file.send()).toBe(false)
    expect(file.faults).toHaveProperty('override_reason')
    file.override_code = 'akses_jalan'
    expect(await file.send()).toBe(true)
    expect(server.asked.find(isCommand)?.body).toMatchObject({
      unit_ids: [OTHER],
      override_reason: 'akses_jalan',
      busy: [word],
    })
    expect(file.words.size).toBe(0)
  })
  it('stays chosen while the list is asked anew, and is let go with its word', async () => {
    const { file } = await holding(() => ok([]))
    file.sayOf(word)
    await file.recommend()
    expect(file.choice.unit_ids).toContain(OTHER)
    file.toggleUnit(OTHER)
    expect(file.words.size).toBe(0)
  })
  it('that somebody else sent in the same moment is told by whom and where to, and left out of the choice', async () => {
    const { file, server } = await onDesk(anIncident(), () => ({
      status: 409,
      json: {
        ...{ type: '/problems/unit_busy', title: 'x', status: 409, code: 'unit_busy', errors: [] },
        busy_units: [
          {
            ...{ unit_id: UNIT, callsign: 'Damkar 1', incident_id: JOB, number: '112-20261123-0009', others: 0 },
            ...{ incident_type: 'kebakaran', incident_status: 'dispatched', place_label: null, kelurahan: 'Medono' },
            ...{
              assignment_status: 'notified',
              since: anIncident().received_at,
              assigned_by: 'operator:1a2b',
              queued: null,
            },
          },
        ],
      },
    }))
    const { answer } = server
    server.answer = (asked) =>
      asked.path.endsWith('recommendations')
        ? ok([{ ...GROUP, units: [], excluded: [{ ...busy, unit_id: UNIT, callsign: 'Damkar 1' }] }])
        : answer(asked)
    file.toggleUnit(UNIT)
    file.toggleUnit(UNIT)
    expect(await file.send()).toBe(false)
    await settled()
    expect(file.notice).toMatch(/Damkar 1 .*112-20261123-0009 \(Medono\) oleh operator 1a2b/)
    expect(file.chosen_count).toBe(0)
  })
  it('is told with its job, how long, who else is there, and what waits for it', () => {
    const unit = aUnit({ incident_id: JOB, assignment_id: OTHER, queued_incident_id: UNIT })
    const own = anAssignment({ id: OTHER, status: 'en_route' })
    const incident = anIncident({
      id: JOB,
      assignments: [own, anAssignment(), anAssignment({ status: 'declined' }), anAssignment({ status: 'done' })],
    })
    const next = anIncident({ id: UNIT })
    const known = new Map([incident, next].map((each) => [each.id, each]))
    expect(busyJob(unit, known)).toMatchObject({
      ...{ assignment_status: 'en_route', since: T0 + 60_000, others: 1 },
      queued: { incident_id: UNIT, number: next.number },
    })
    expect(busyJob(unit, new Map())).toBeNull()
    expect(busyJob(aUnit(), known)).toBeNull()
  })
})
