import { Agent, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { ROLES, type Role } from '../../../geo/wire/primitives.ts'
import { may } from '../../../server/auth/permissions.ts'
import { mulberry32 } from '../random.ts'
import { faultOf, type Answered, type Asker } from './answers.ts'
import { attack } from './raw.ts'
import { callsOf, requestOf, type Asked, type Call } from './requests.ts'
import { pick, type Known, type Random } from './values.ts'
import { speak } from './words.ts'

export interface Target {
  url: string
  token: (role: Role) => string
  /** Stands in everything that callers said, and is never asked for. */
  secret: string
}
export interface Fuzzed {
  count: number
  seconds: number
  /** How many answers of each status, `socket` and `bytes`. */
  answers: Record<string, number>
  /** What was wrong, each with what to ask again. */
  faults: string[]
  slowest: { ms: number; what: string }[]
}

const AT_ONCE = 8
const HANG_MS = 30_000
/** On a quiet machine. Slower ones are asked again alone, and may then take as much longer as other work leaves less of the machine. */
export const SLOW_MS = 2_000
const busy = () => Math.max(1, loadavg()[0] / cpus().length)
const MOST_FAULTS = 200

function send(agent: Agent, url: string, asked: Asked, token: string | null): Promise<Answered> {
  const started = performance.now()
  return new Promise((done, failed) => {
    const headers = { ...asked.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
    const { hostname, port } = new URL(url)
    const made = request({ agent, hostname, port, path: asked.path, method: asked.method, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', failed)
      answer.on('end', () =>
        done({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(parts).toString(),
          ms: performance.now() - started,
        }),
      )
    })
    made.setTimeout(HANG_MS, () => made.destroy(new Error('no answer')))
    made.on('error', failed)
    made.end(asked.body)
  })
}

const PLACE = { type: 'Point', coordinates: [109.662, -6.89154] }

/** A case with private words, so that there is something to leak, and ids and codes that exist. */
export async function furnish(target: Target, agent: Agent): Promise<Known> {
  const ask = async (method: string, path: string, role: Role, body?: object): Promise<unknown> => {
    const asked = {
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      sound: true,
    }
    return JSON.parse((await send(agent, target.url, asked, target.token(role))).text || 'null') as unknown
  }
  const caller = {
    caller_name: target.secret,
    caller_number: '081298765478',
    address_text: target.secret,
    description: target.secret,
  }
  const uuids = new Set<string>()
  const words = new Set<string>()
  const collect = (value: unknown, depth = 0): void => {
    if (typeof value === 'string') {
      if (/^[0-9a-f-]{36}$/.test(value)) uuids.add(value)
      else if (value.length < 40 && !value.includes(target.secret)) words.add(value)
    } else if (value !== null && typeof value === 'object' && depth < 6)
      for (const each of Object.values(value)) collect(each, depth + 1)
  }
  for (let i = 0; i < 5; i++) {
    const call = (await ask('POST', '/api/calls', 'operator', { caller_number: '081298765478' })) as { id: string }
    collect(await ask('PATCH', `/api/calls/${call.id}`, 'operator', { ...caller, location: PLACE, accuracy_m: 30 }))
    const made = (await ask('POST', '/api/incidents', 'operator', {
      incident_type: 'kebakaran',
      location: PLACE,
      call_id: call.id,
      ...caller,
    })) as { incident: { id: string } }
    collect(made)
    const agencies = (await ask('GET', '/api/agencies', 'operator')) as { id: string }[]
    collect(
      await ask('POST', `/api/incidents/${made.incident.id}/assignments`, 'operator', {
        agency_ids: [agencies[i].id],
        override_reason: target.secret,
      }),
    )
  }
  for (const path of [
    '/api/units',
    '/api/agencies',
    '/api/stations',
    '/api/incident-types',
    '/api/incidents',
    '/api/closures',
  ])
    collect(await ask('GET', path, 'admin'))
  await ask('POST', '/api/complaints', 'complaints_officer', {
    id: '00000000-0000-4000-8000-000000000001',
    channel: 'phone',
    category: 'slow_arrival',
    words: 'lama',
  })
  return { uuids: [...uuids], words: [...words].filter((word) => word !== ''), now: Date.now() }
}

/** Ends the run's own access, or takes seconds by what it is for: a Chromium that prints. */
const LEFT_OUT = (call: Call) => /\{month\}\.pdf|\.pdf$/.test(call.path)

/**
 * Sends `count` made-up requests, messages and heaps of bytes, the same ones for the same seed in each of eight lanes, by every role and by nobody, and looks at
 * what comes back.
 */
export async function fuzz(
  target: Target,
  options: { seed: number; count: number; told?: (done: number, answers: Fuzzed['answers']) => void },
): Promise<Fuzzed> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const url = new URL(target.url)
  const known = await furnish(target, agent)
  const openapi = await send(
    agent,
    target.url,
    { method: 'GET', path: '/api/openapi.json', headers: {}, body: undefined, sound: true },
    null,
  )
  const calls = callsOf(JSON.parse(openapi.text)).filter((call) => !LEFT_OUT(call))
  const askers: Asker[] = [...ROLES, 'nobody', 'wrong']
  const answers: Fuzzed['answers'] = {}
  const faults = new Map<string, string>()
  const slow: { ms: number; what: string; again: () => Promise<Answered> }[] = []
  const note = (kind: string, text: string) => {
    if (faults.size < MOST_FAULTS && !faults.has(kind)) faults.set(kind, text)
  }
  const count = (what: string) => (answers[what] = (answers[what] ?? 0) + 1)
  let left = options.count
  const started = performance.now()

  async function one(random: Random): Promise<void> {
    const role = pick(random, ROLES)
    const token = target.token(role)
    const way = random()
    if (way < 0.01) {
      const fault = await speak(
        random,
        url,
        token,
        known,
        may(role, 'incident.read_private') || may(role, 'call.read_private') ? null : target.secret,
      )
      count('socket')
      if (fault) note(`socket ${fault}`, `socket by ${role}: ${fault}`)
      return
    }
    if (way < 0.03) {
      const status = await attack(random, url, token)
      count(`bytes ${status ?? 'none'}`)
      if (status !== null && status >= 500) note(`bytes ${status}`, `bytes answered with ${status}`)
      return
    }
    const call = pick(random, calls)
    const granted = ROLES.filter((each) => call.granted.includes(each))
    const asker = granted.length > 0 && random() < 0.75 ? pick(random, granted) : pick(random, askers)
    const asked = requestOf(random, call, known)
    const secret = asker === 'nobody' ? null : asker === 'wrong' ? 'siaga_t_wrong' : target.token(asker)
    const what = `${call.method} ${call.path} by ${asker}`
    const shown = () =>
      `${what}: ${asked.path.slice(0, 500)} ${JSON.stringify(asked.headers).slice(0, 200)} ${String(asked.body ?? '').slice(0, 600)}`
    try {
      const answered = await send(agent, target.url, asked, secret)
      count(String(answered.status))
      const fault = faultOf(call, asked, asker, answered, target.secret)
      if (fault)
        note(
          `${call.method} ${call.path} ${fault.slice(0, 60)}`,
          `${fault} ← ${shown()} → ${answered.text.slice(0, 300)}`,
        )
      if (answered.ms > SLOW_MS)
        slow.push({ ms: answered.ms, what: shown(), again: () => send(agent, target.url, asked, secret) })
    } catch (error) {
      const code = (error as { code?: string }).code ?? (error as Error).message
      // A body that ends in the middle of a head's promise may cost the connection.
      count(code)
      if (code === 'no answer') note(`${what} hangs`, `no answer in ${HANG_MS} ms ← ${shown()}`)
    }
  }
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      const random = mulberry32(options.seed * 1_000 + lane)
      while (left-- > 0) {
        await one(random)
        if (left % 1_000 === 0) options.told?.(options.count - left, answers)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  for (const { what, again } of slow.slice(0, 20)) {
    const { ms } = await again()
    if (ms > SLOW_MS * busy()) note(`slow ${what}`, `${Math.round(ms)} ms ← ${what}`)
  }
  agent.destroy()
  return {
    count: options.count,
    seconds,
    answers,
    faults: [...faults.values()],
    slowest: slow.map(({ ms, what }) => ({ ms, what })).sort((a, b) => b.ms - a.ms),
  }
}
