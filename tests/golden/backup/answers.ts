import type { Role } from '../../../geo/wire/primitives.ts'
import type { TestServer } from '../../helpers/server.ts'

/** The moment at which the golden installation is looked at: ten minutes after its last word. */
export const LOOKED_AT = new Date('2026-11-24T17:30:00+07:00')

const DAY = 'from=2026-11-24&to=2026-11-25'
/** What somebody who knows the installation would look at after an upgrade: lists, cases, and figures of every kind. */
const PATHS: readonly (readonly [Role, string])[] = [
  ['operator', '/api/incidents'],
  ['operator', '/api/units'],
  ['operator', '/api/stations'],
  ['operator', '/api/agencies'],
  ['operator', '/api/incident-types'],
  ['operator', '/api/closures'],
  ['operator', '/api/handovers'],
  ['admin', '/api/accounts'],
  ['admin', '/api/privacy'],
  ['admin', '/api/breaches'],
  ['admin', '/api/outbox/state'],
  ['supervisor', '/api/shift-plan?month=2026-11'],
  ['kabid', `/api/stats/performance?${DAY}&by=total`],
  ['kabid', `/api/stats/performance?${DAY}&by=operator`],
  ['kabid', `/api/stats/districts?${DAY}&level=kelurahan`],
  ['kabid', `/api/stats/calls?${DAY}`],
  ['kabid', `/api/sla/cells?${DAY}&stage=agent&resolution=9`],
  ['kabid', `/api/sla/cells?${DAY}&stage=opd&resolution=8`],
  ['kabid', '/api/ledger?month=2026-11&rows=all'],
  ['kabid', '/api/complaints/figures?month=2026-11'],
  ['kabid', '/api/skm?from=2026-11-01&to=2026-12-01'],
  ['kabid', '/api/coverage/scenarios'],
]

/** Every answer by its path; of each case the whole of it too. */
export async function answersOf(server: Pick<TestServer, 'token' | 'call'>): Promise<Record<string, unknown>> {
  const tokens = new Map<Role, string>()
  const ask = async (role: Role, path: string): Promise<unknown> => {
    const token = tokens.get(role) ?? (await server.token(role))
    tokens.set(role, token)
    const { status, body } = await server.call('GET', path, { token })
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  const answers: Record<string, unknown> = {}
  for (const [role, path] of PATHS) answers[path] = await ask(role, path)
  for (const { id } of answers['/api/incidents'] as { id: string }[])
    answers[`/api/incidents/${id}`] = await ask('operator', `/api/incidents/${id}`)
  return answers
}
