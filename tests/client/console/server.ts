import { vi } from 'vitest'
import type { KeptCall, Shelf } from '../../../client/console/state/kept_call.ts'

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

/** What a desk keeps, and a shelf on it for each page that opens; `mine` is what the page before left: its own, as after a reload, or not. */
export function aDesk() {
  const kept = new Map<string, KeptCall>()
  const open = (mine = true): Shelf => ({
    open: (take) => kept.forEach((call) => take(structuredClone(call), mine)),
    keep: (call) => {
      kept.set(call.key, JSON.parse(JSON.stringify(call)) as KeptCall)
      return Promise.resolve()
    },
    drop: (key) => void kept.delete(key),
    close: () => undefined,
  })
  return { kept, open }
}
