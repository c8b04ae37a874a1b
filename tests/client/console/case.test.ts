import { afterEach, describe, expect, it, vi } from 'vitest'
import { Case } from '../../../client/console/state/case.svelte.ts'
import type { Recommendation } from '../../../geo/dispatch/types.ts'
import type { Incident } from '../../../geo/wire/incident.ts'
import { anIncident } from '../fixtures.ts'
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
