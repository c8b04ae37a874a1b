import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { starting } from '../../server/http/starting.ts'

const server = createServer(starting)
let url = ''
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

describe('while the server is starting', () => {
  it('a program is told so as a problem, and when to ask again', async () => {
    const answer = await fetch(`${url}/api/incidents`, { headers: { accept: 'application/json' } })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('refresh')).toBeNull()
    expect(await answer.json()).toMatchObject({ status: 503, code: 'starting' })
  })

  it('a write is never answered by a page that loads itself anew', async () => {
    const answer = await fetch(`${url}/api/calls`, { method: 'POST', headers: { accept: 'text/html' }, body: '{}' })
    expect(answer.headers.get('refresh')).toBeNull()
    expect(answer.status).toBe(503)
  })

  it('a browser gets words and asks again by itself, under a policy that lets it', async () => {
    const answer = await fetch(`${url}/wall`, { headers: { accept: 'text/html,application/xhtml+xml' } })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('refresh')).toBe('2')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toMatch(/default-src 'none'/)
    expect(policy).not.toMatch(/sandbox|unsafe-inline/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const page = await answer.text()
    expect(page).toMatch(/sedang dinyalakan/)
    expect(page).not.toMatch(/<script|style=|<style/)
  })
})
