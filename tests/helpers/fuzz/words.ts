import WebSocket from 'ws'
import { z } from 'zod'
import { clientMessage, serverMessage } from '../../../geo/wire/live.ts'
import { readJson } from './answers.ts'
import { broken, pick, schema, valid, type Known, type Random } from './values.ts'

const WORD = schema.parse(z.toJSONSchema(clientMessage, { io: 'input', unrepresentable: 'any' }))
const LISTEN_MS = 150

/** What pages may say on the live socket, sound and broken, on a socket of its own. Answers what is wrong, or null. */
export function speak(
  random: Random,
  url: URL,
  token: string,
  known: Known,
  secret: string | null,
): Promise<string | null> {
  return new Promise((done) => {
    let fault: string | null = null
    const ws = new WebSocket(`ws://${url.host}/live${pick(random, ['', '?since=0', '?since=1', '?since='])}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    ws.on('error', () => undefined)
    ws.on('unexpected-response', (_request, response) => {
      if ((response.statusCode ?? 0) >= 500) fault = `socket refused with ${response.statusCode}`
      ws.terminate()
    })
    ws.on('message', (data) => {
      const text = String(data)
      if (!serverMessage.safeParse(readJson(text)).success) fault = `message not as declared: ${text.slice(0, 200)}`
      if (secret !== null && text.includes(secret)) fault = 'what a caller said was told'
    })
    ws.on('close', (code) => {
      if (code === 1011) fault = 'socket closed with 1011'
      done(fault)
    })
    ws.on('open', () => {
      for (let i = 0; i < 3; i++) {
        const word = valid(random, WORD, known)
        const how = random()
        ws.send(
          how < 0.4
            ? JSON.stringify(word)
            : how < 0.9
              ? JSON.stringify(broken(random, word)) || ''
              : Buffer.alloc(how < 0.95 ? 20_000 : 3, 0xff),
        )
      }
      setTimeout(() => ws.terminate(), LISTEN_MS)
    })
  })
}
