import type { Account } from '../../../geo/wire/accounts.ts'
import type { Agency } from '../../../geo/wire/masterdata.ts'
import type { TestServer } from '../server.ts'

const PASSWORD = 'gelombang pasang juana'

/** Somebody who signed in at /masuk with an account of his own. */
export interface Person {
  login: string
  role: string
  /** As the log names him. */
  actor: string
  cookie: string
  /** A request from his page. */
  call<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>
  /** The same, and it must be granted. */
  must<T>(method: string, path: string, body?: object): Promise<T>
}

export interface Staff {
  operators: Person[]
  supervisor: Person
  /** Who comes after them. */
  next: Person
  /** By agency id. */
  dispatchers: Map<string, Person>
}

/** Three operators, their supervisor, one of the next shift and a dispatcher for each OPD, signed in. */
export async function employ(server: TestServer, opd: readonly string[]): Promise<Staff> {
  const admin = await server.token('admin')
  const agencies = (await server.call<Agency[]>('GET', '/api/agencies', { token: admin })).body

  async function person(login: string, role: string, agency_id?: string): Promise<Person> {
    const made = await server.call<Account>('POST', '/api/accounts', { token: admin, body: { login, role, agency_id } })
    if (made.status !== 201) throw new Error(`${login}: ${JSON.stringify(made.body)}`)
    const link = await server.call<{ path: string }>('POST', `/api/accounts/${made.body.id}/link`, { token: admin })
    const used = await server.call('POST', '/api/links/use', {
      body: { link: link.body.path.split('tautan=')[1], password: PASSWORD },
      headers: { origin: server.url },
    })
    const cookie = (used.headers.get('set-cookie') ?? '').split(';')[0]
    const call = <T>(method: string, path: string, body?: object) =>
      server.call<T>(method, path, { body, headers: { cookie, origin: server.url } })
    return {
      login,
      role,
      actor: `${role}:${login}`,
      cookie,
      call,
      async must<T>(method: string, path: string, body?: object) {
        const answer = await call<T>(method, path, body)
        if (answer.status >= 300) throw new Error(`${login} ${method} ${path}: ${JSON.stringify(answer.body)}`)
        return answer.body
      },
    }
  }

  const dispatchers = new Map<string, Person>()
  for (const code of opd) {
    const { id } = agencies.find((agency) => agency.code === code) as Agency
    dispatchers.set(id, await person(`opd.${code}`, 'dispatcher', id))
  }
  return {
    operators: [
      await person('agen1', 'operator'),
      await person('agen2', 'operator'),
      await person('agen3', 'operator'),
    ],
    supervisor: await person('pengawas', 'supervisor'),
    next: await person('agen4', 'operator'),
    dispatchers,
  }
}
