import { join } from 'node:path'
import WebSocket from 'ws'
import { serverMessage, type ServerMessage } from '../../geo/wire/live.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { issueCredential } from '../../server/auth/credentials.ts'
import { startServer, type Running, type StartOptions } from '../../server/main.ts'
import { BUILT, builtVersion } from './built.ts'
import { createInstallation, type TestInstallation } from './database.ts'

/** What a test's server calls itself: as the pages it serves do, where there are any. */
export const TEST_VERSION = builtVersion() ?? 'test'

export interface TestServer {
  url: string
  running: Running
  installation: TestInstallation
  /** A token of a role, bound to an agency or unit when told. */
  token(role: Role, bound?: { agency_id?: string; unit_id?: string }): Promise<string>
  /** A request with a token; the body is parsed. */
  call<T = unknown>(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; body: T; headers: Headers }>
  stop(): Promise<void>
}

/** Requests to a running server of this process. */
export function clientOf(running: Running): Pick<TestServer, 'url' | 'token' | 'call'> {
  const { url } = running
  return {
    url,
    token: (role, bound = {}) =>
      issueCredential(running.services.db, { kind: 'token', role, label: 'test', ...bound }, running.services.now()),
    async call(method, path, { token, body, headers } = {}) {
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      const text = await response.text()
      const json = /json/.test(response.headers.get('content-type') ?? '')
      return {
        status: response.status,
        headers: response.headers,
        body: (json && text ? JSON.parse(text) : text) as never,
      }
    },
  }
}

/** A whole server on a database of its own and a port of its own. SIAGA_DEMO is 0 unless `env` says otherwise. */
export async function startTestServer(
  env: Record<string, string> = {},
  options: Pick<StartOptions, 'now' | 'pace' | 'log'> = {},
): Promise<TestServer> {
  const installation = await createInstallation({ SIAGA_DEMO: '0', ...env })
  const running = await startServer(installation.config, {
    progress: () => undefined,
    clientDir: join(BUILT, 'client'),
    version: TEST_VERSION,
    ...options,
  })
  return {
    ...clientOf(running),
    running,
    installation,
    async stop() {
      await running.stop()
      await installation.remove()
    },
  }
}

export interface TestReader {
  messages: ServerMessage[]
  /** The first message for which `wanted` holds, past or to come. */
  until<T extends ServerMessage>(wanted: (message: ServerMessage) => message is T, timeout_ms?: number): Promise<T>
  until(wanted: (message: ServerMessage) => boolean, timeout_ms?: number): Promise<ServerMessage>
  close(): void
}

/** A WebSocket client that validates every message by the schemas of geo/wire. */
export async function readLive(
  url: string,
  options: { token?: string; since?: number; origin?: string } = {},
): Promise<TestReader> {
  const ws = new WebSocket(
    `${url.replace('http', 'ws')}/live${options.since === undefined ? '' : `?since=${options.since}`}`,
    {
      headers: options.token ? { authorization: `Bearer ${options.token}` } : {},
      ...(options.origin ? { origin: options.origin } : {}),
    },
  )
  const messages: ServerMessage[] = []
  const waiting = new Set<() => void>()
  ws.on('message', (data) => {
    messages.push(serverMessage.parse(JSON.parse(String(data))))
    for (const check of waiting) check()
  })
  await new Promise<void>((resolve, reject) => ws.once('open', resolve).once('error', reject))
  // What happens before the picture is in it, and comes as no line of its own.
  if (options.since === undefined)
    await new Promise<void>((resolve) => {
      const begun = () => messages.some(({ type }) => type === 'snapshot')
      const done = () => {
        waiting.delete(check)
        clearTimeout(timer)
        resolve()
      }
      const check = () => begun() && done()
      const timer = setTimeout(done, 5_000)
      ws.once('close', done)
      waiting.add(check)
      check()
    })
  return {
    messages,
    until(wanted: (message: ServerMessage) => boolean, timeout_ms = 5_000) {
      return new Promise<never>((resolve, reject) => {
        const check = () => {
          const found = messages.find(wanted)
          if (!found) return
          waiting.delete(check)
          clearTimeout(timer)
          resolve(found as never)
        }
        const timer = setTimeout(() => {
          waiting.delete(check)
          reject(new Error(`no such message within ${timeout_ms} ms; got ${messages.map((m) => m.type).join(', ')}`))
        }, timeout_ms)
        waiting.add(check)
        check()
      })
    },
    close: () => ws.close(),
  }
}
