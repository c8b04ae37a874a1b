/**
 * Asks for the same many things at once and throws the answers away, in a process of its own, so that it does not hold up
 * whoever measures. Forked by sections/recommend.ts: a message {urls, token} is answered by the milliseconds until the last.
 */
import { Agent, get } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

const ask = (url, token) =>
  new Promise((done, failed) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      if (answer.statusCode !== 200) failed(new Error(`${url} answered ${answer.statusCode}`))
      answer.on('end', done).on('error', failed).resume()
    }).on('error', failed)
  })

process.on('message', async ({ urls, token }) => {
  const started = performance.now()
  await Promise.all(urls.map((url) => ask(url, token)))
  process.send(performance.now() - started)
})
process.on('disconnect', () => process.exit(0))
