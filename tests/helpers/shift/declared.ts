import type { Role } from '../../../geo/wire/primitives.ts'
import { faultOf } from '../fuzz/answers.ts'
import { callsOf } from '../fuzz/requests.ts'
import type { TestServer } from '../server.ts'

/** Of a call's parameters, by name; `id` by the folder it stands behind. */
export type Wanted = (path: string, name: string) => string | undefined

/**
 * Asks for everything that /api/openapi.json lets an admin (else whoever may) read, with parameters that this room really has. `read` are the answers of
 * 200 by path, `faults` those that are not as the document declares, `refused` the rest.
 */
export async function readEverything(
  server: TestServer,
  wanted: Wanted,
): Promise<{ read: string[]; faults: string[]; refused: string[] }> {
  const found = { read: [] as string[], faults: [] as string[], refused: [] as string[] }
  const tokens = new Map<string, string>()
  const calls = callsOf((await server.call('GET', '/api/openapi.json')).body)
  for (const call of calls.filter(({ method, answer }) => method === 'GET' && answer !== null)) {
    const role = (call.granted.includes('admin') ? 'admin' : (call.granted.at(0) ?? 'admin')) as Role
    if (!tokens.has(role)) tokens.set(role, await server.token(role))
    const query = new URLSearchParams()
    let path = call.path
    for (const { name, in: where } of call.parameters) {
      const value = wanted(call.path, name)
      if (value === undefined) continue
      if (where === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value))
      else query.set(name, value)
    }
    const asked = { method: 'GET', path: `${path}?${query.toString()}`, headers: {}, body: undefined, sound: true }
    // Packed answers are not looked into.
    const answer = await fetch(server.url + asked.path, {
      headers: { authorization: `Bearer ${tokens.get(role)}`, 'accept-encoding': 'identity' },
    })
    const text = await answer.text()
    const { status } = answer
    const fault = faultOf(call, asked, role, { status, headers: Object.fromEntries(answer.headers), text, ms: 0 }, '\0')
    if (fault) found.faults.push(`${asked.path}: ${fault}`)
    if (status === 200) found.read.push(call.path)
    else found.refused.push(`${asked.path}: ${status} ${text.slice(0, 120)}`)
  }
  return found
}
