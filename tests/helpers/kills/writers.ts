import { randomUUID } from 'node:crypto'
import type { Assignment, Incident } from '../../../geo/wire/incident.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import { driving, incidentInput } from '../../bench/traffic.ts'
import type { Ledger } from './ledger.ts'
import { sendUntilAnswered, type Reply, type Request } from './sender.ts'

interface Writing {
  url: string
  token: string
  ledger: Ledger
  units: readonly Unit[]
}

/** Writers that can be made to stand still: then everything they began is answered. */
export interface Writers {
  pause(): Promise<void>
  go(): void
  stop(): Promise<void>
}

const WRITERS = 4
const BETWEEN_MS = 60
const BETWEEN_ROUNDS_MS = 400
const STEPS = ['acknowledged', 'en_route', 'on_scene', 'done'] as const
const REPORT = {
  summary: 'Ditangani di tempat.',
  cause: 'belum diketahui',
  outcome: 'selesai',
  dead: 0,
  injured: 1,
  evacuated: 0,
  revision: 0,
}

/**
 * The work of a room, by several at once: each takes call after call, records the incident, corrects it, sends units, follows them to the end and writes the
 * report; one tells where the fleet is. Seeded in what is written; when, the machine decides.
 */
export function startWriters(writing: Writing, random: () => number): Writers {
  let paused = false
  let stopped = false
  const waiting: (() => void)[] = []
  let busy = 0
  const settled: (() => void)[] = []

  /** Between two steps: the place to stand still. False when it is over. */
  async function may(): Promise<boolean> {
    busy--
    if (busy === 0) for (const told of settled.splice(0)) told()
    if (paused && !stopped) await new Promise<void>((go) => waiting.push(go))
    busy++
    if (!stopped) await new Promise((done) => setTimeout(done, random() * BETWEEN_MS))
    return !stopped
  }

  async function run(work: (may: () => Promise<boolean>) => Promise<void>): Promise<void> {
    busy++
    try {
      while (!stopped) await work(may)
    } catch (error) {
      writing.ledger.wrong(`a writer fell: ${(error as Error).stack ?? String(error)}`)
    } finally {
      busy--
      if (busy === 0) for (const told of settled.splice(0)) told()
    }
  }
  const round = rounds(writing, random)
  const running = Promise.all([
    ...Array.from({ length: WRITERS }, () => run((may) => oneCase(writing, random, may))),
    run(round),
  ])
  const go = () => {
    paused = false
    for (const on of waiting.splice(0)) on()
  }
  return {
    pause: () =>
      new Promise((done) => {
        paused = true
        if (busy === 0) done()
        else settled.push(done)
      }),
    go,
    async stop() {
      stopped = true
      go()
      await running
    },
  }
}

async function oneCase(writing: Writing, random: () => number, may: () => Promise<boolean>): Promise<void> {
  const { url, token, ledger, units } = writing
  const send = (request: Omit<Request, 'token'>) => sendUntilAnswered(url, { ...request, token }, ledger)
  const expect = ({ status, body }: Reply, wanted: number[], what: string) => {
    if (wanted.includes(status)) return true
    ledger.wrong(`${what} answered ${status}: ${JSON.stringify(body).slice(0, 300)}`)
    return false
  }

  const call_id = random() < 0.5 ? randomUUID() : null
  if (call_id) {
    if (!(await may())) return
    const rung = await send({
      method: 'POST',
      path: '/api/calls',
      body: { id: call_id, desk: true, caller_number: '0285400112' },
    })
    if (!expect(rung, [200, 201], 'a call')) return
    ledger.calls.add(call_id)
  }
  if (!(await may())) return
  const key = randomUUID()
  const recorded = await send({
    method: 'POST',
    path: '/api/incidents',
    key,
    body: { ...incidentInput(random), call_id },
  })
  if (!expect(recorded, [201], 'an incident')) return
  const { incident } = recorded.body as { incident: Incident }
  ledger.incidents.set(key, { id: incident.id, number: incident.number, received_at: incident.received_at })

  if (random() < 0.5) {
    if (!(await may())) return
    const description = `Koreksi ${randomUUID()}`
    const patched = await send({ method: 'PATCH', path: `/api/incidents/${incident.id}`, body: { description } })
    if (!expect(patched, [200], 'a correction')) return
    ledger.descriptions.set(incident.id, description)
  }

  const sent = await sendUnit(incident, send, { units, random, may, ledger, expect })
  if (!sent) return
  for (const status of STEPS) {
    if (!(await may())) return
    const told = await send({ method: 'POST', path: `/api/assignments/${sent.id}/status`, body: { status } })
    if (!expect(told, [200], `the step ${status}`)) return
    ledger.assignments.set(sent.id, { ...(told.body as Assignment), incident_id: incident.id })
  }
  if (!(await may())) return
  const reported = await send({ method: 'PUT', path: `/api/incidents/${incident.id}/final-report`, body: REPORT })
  // Sent again after an answer that never came: the first one stands.
  if (!expect(reported, reported.at_once ? [200] : [200, 409], 'the final report')) return
  ledger.reports.set(incident.id, { revision: 1 })
}

interface Sending {
  units: readonly Unit[]
  random: () => number
  may: () => Promise<boolean>
  ledger: Ledger
  expect: (reply: Reply, wanted: number[], what: string) => boolean
}

/** Sends one unit that happens to be free; the word to its OPD alone when all that were tried are out. Null when it is over. */
async function sendUnit(
  incident: Incident,
  send: (request: Omit<Request, 'token'>) => Promise<Reply>,
  { units, random, may, ledger, expect }: Sending,
): Promise<Assignment | null> {
  const path = `/api/incidents/${incident.id}/assignments`
  for (;;) {
    if (!(await may())) return null
    const unit = units[Math.floor(random() * units.length)]
    const answer = await send({
      method: 'POST',
      path,
      body: { unit_ids: [unit.id], override_reason: 'atas permintaan lapangan' },
    })
    if (answer.status === 201) {
      const [made] = answer.body as Assignment[]
      ledger.assignments.set(made.id, { ...made, incident_id: incident.id })
      return made
    }
    if (!expect(answer, [409], 'an assignment')) return null
    // Busy elsewhere: another. On this very case: the answer to the first attempt was lost, and it stands.
    const own = answer.at_once ? null : await standing(incident.id, unit.id, send)
    if (own) {
      ledger.assignments.set(own.id, { ...own, incident_id: incident.id })
      return own
    }
  }
}

/** What a page does that was told 409 after a lost answer: it looks. */
async function standing(
  incident_id: string,
  unit_id: string,
  send: (request: Omit<Request, 'token'>) => Promise<Reply>,
): Promise<Assignment | null> {
  const seen = await send({ method: 'GET', path: `/api/incidents/${incident_id}` })
  return (seen.body as Incident).assignments.find((each) => each.unit_id === unit_id) ?? null
}

/** Where the fleet is, a little further each time; by the devices' own clocks, which are right. */
function rounds({ url, token, ledger }: Writing, random: () => number) {
  const drive = driving(random)
  return async (may: () => Promise<boolean>): Promise<void> => {
    if (!(await may())) return
    const body = drive() as { callsign: string; fix_at: string }[]
    const request = { method: 'POST', path: '/api/positions', token, body } as const
    const { status, body: judged } = await sendUntilAnswered(url, request, ledger)
    if (status !== 200) return ledger.wrong(`positions answered ${status}`)
    const refused = new Set((judged as { rejected: { index: number }[] }).rejected.map(({ index }) => index))
    for (const [index, { callsign, fix_at }] of body.entries())
      if (!refused.has(index)) ledger.fixes.set(callsign, Date.parse(fix_at))
    await new Promise((done) => setTimeout(done, BETWEEN_ROUNDS_MS))
  }
}
