import { vi } from 'vitest'

export interface Asked {
  method: string
  path: string
  body: unknown
  key: string | null
}
/** What a stand-in server says; `away`: no answer arrives. */
export type Said = { status: number; json: unknown } | 'away'

/** Stands in for the server behind `fetch`; `answer` may be replaced as a test goes on. */
export function standIn(answer: (asked: Asked) => Said | Promise<Said>) {
  const server = { asked: [] as Asked[], answer }
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    const asked: Asked = {
      method: init.method ?? 'GET',
      path,
      body: init.body ? JSON.parse(String(init.body)) : null,
      key: headers.get('idempotency-key'),
    }
    server.asked.push(asked)
    const said = await server.answer(asked)
    if (said === 'away') throw new TypeError('no network')
    return { ok: said.status < 400, status: said.status, json: () => Promise.resolve(said.json) }
  })
  return server
}

export const ok = (json: unknown, status = 200): Said => ({ status, json })

export const refusal = (field: string, reason: string, status = 422): Said => ({
  status,
  json: { type: 'about:blank', title: 'Ditolak', status, code: 'invalid', errors: [{ field, reason }] },
})

/** A tab's session storage. */
export function aTab(): Storage {
  const held = new Map<string, string>()
  const storage: Storage = {
    get length() {
      return held.size
    },
    clear: () => held.clear(),
    getItem: (name) => held.get(name) ?? null,
    key: (i) => [...held.keys()][i] ?? null,
    removeItem: (name) => void held.delete(name),
    setItem: (name, value) => void held.set(name, value),
  }
  vi.stubGlobal('sessionStorage', storage)
  return storage
}
