import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { startReceiver, type Receiver } from '../helpers/receiver.ts'
import { endOf, freePort, installationEnv, runCommand, spawnServer, tokenOf, type Spawned } from '../helpers/spawned.ts'

const SECRET = Buffer.alloc(32, 13)

let receiver: Receiver
let installation: Awaited<ReturnType<typeof installationEnv>>
let server: Spawned | undefined
let port: number
let token: string
beforeAll(async () => {
  receiver = await startReceiver(SECRET)
  installation = await installationEnv()
  port = await freePort()
})
afterAll(async () => {
  if (server) await endOf(server.process, 'SIGTERM')
  await installation?.remove()
  await receiver?.stop()
})

const start = async (more: Record<string, string> = {}) =>
  void (server = await spawnServer({ ...installation.env, ...more }, port))
const sending = () => ({
  KOMINFO_URL: receiver.url,
  KOMINFO_SECRET: `whsec_${SECRET.toString('base64')}`,
  KOMINFO_TIMEOUT: '2',
})
async function ask<T>(method: string, path: string, body: object): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
async function cancelled(lon: number): Promise<Incident> {
  const location = { type: 'Point', coordinates: [lon, -6.8915] }
  const { incident } = await ask<{ incident: Incident }>('POST', '/api/incidents', {
    incident_type: 'kebakaran',
    location,
  })
  return ask<Incident>('PATCH', `/api/incidents/${incident.id}`, { status: 'cancelled' })
}
const outbox = (...args: string[]) => {
  const { stdout, stderr, status } = runCommand('outbox', args, installation.env)
  return { text: stdout.trim(), lines: stdout.trim().split('\n'), stderr, status }
}

describe('a server that is killed', () => {
  it('between commit and send, then between send and acknowledgement, delivers all the same, under one id', async () => {
    await start()
    token = tokenOf(installation.env, 'operator')
    // Without a destination: the message waits in the database, and the command sees it beside the running server.
    const waiting = await cancelled(109.664)
    const listed = outbox('list')
    expect(listed.lines.at(-1)).toMatch(/^1 menunggu sejak .*, 0 gagal, tanpa tujuan/)
    const [id] = listed.lines[0].split('  ')
    expect(listed.lines[0]).toContain(`${waiting.number}  pending  cancelled`)
    const preview = outbox('preview', waiting.number)
    expect(JSON.parse(preview.text)).toMatchObject({
      schema: 'siaga112.case/1',
      message: { id },
      case: { status: 'cancelled' },
    })
    await endOf(server!.process, 'SIGKILL')

    receiver.manner = 'hang'
    await start(sending())
    for (const end = Date.now() + 10_000; receiver.received.length === 0 && Date.now() < end;)
      await new Promise((done) => setTimeout(done, 20))
    expect(receiver.received[0].id).toBe(id)
    await endOf(server!.process, 'SIGKILL')
    expect(receiver.accepted).toEqual([])

    receiver.manner = { status: 204 }
    await start(sending())
    const { message } = await receiver.until((each) => each.id === id, 15_000)
    expect(message.case.id).toBe(waiting.id)
    expect(new Set(receiver.received.map((each) => each.id))).toEqual(new Set([id]))

    // What is sent again by the command goes out by the server that runs.
    const before = receiver.accepted.length
    for (const end = Date.now() + 5_000; !outbox('list', 'sent').text.includes(id) && Date.now() < end;);
    expect(outbox('replay', id).lines.at(-1)).toBe('1 pesan dikirim ulang')
    await receiver.until((each) => each.id === id && receiver.accepted.length > before)
    const refused = outbox('replay', 'x')
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('sebutkan id')])
  })
})
