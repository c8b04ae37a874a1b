import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWireMux } from '../../server/db/wire_mux.ts'

/** ReadyForQuery, idle. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

let go = () => {}
let ran: string[] = []
let torn = false
const faults: unknown[] = []
/** A backend on which one statement waits for the test, and one fails; once it is torn, all do. */
const mux = createWireMux(
  {
    async execute(message) {
      const text = Buffer.from(message)
      ran.push(text.subarray(5, -1).toString())
      if (text.includes('slow')) await new Promise<void>((done) => (go = done))
      if (torn || text.includes('bad')) throw new Error('broken')
      return READY
    },
  },
  (error) => void faults.push(error),
)
beforeAll(() => new Promise<void>((done) => void mux.listen(0, '127.0.0.1', done)))
afterAll(() => void mux.close())
beforeEach(() => void (ran = []))

function client() {
  const socket = connect((mux.address() as AddressInfo).port, '127.0.0.1')
  let answers = 0
  let closed = false
  socket.on('data', (data) => (answers += data.length / READY.length))
  socket.on('close', () => (closed = true))
  socket.on('error', () => undefined)
  socket.write(Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]))
  const ask = (text: string) => {
    const head = Buffer.from([0x51, 0, 0, 0, 0])
    head.writeInt32BE(text.length + 5, 1)
    socket.write(Buffer.concat([head, Buffer.from(`${text}\0`)]))
  }
  return { ask, answers: () => answers, closed: () => closed, end: () => socket.end() }
}
const until = (what: () => boolean) => expect.poll(what, { timeout: 3_000 }).toBe(true)

it('closes the client whose statement could not be run, and answers the others', async () => {
  const [bad, good] = [client(), client()]
  await until(() => bad.answers() === 1 && good.answers() === 1)
  // The turns are run by who came first: it is not he who fails.
  good.ask('slow')
  await new Promise((done) => setTimeout(done, 100))
  bad.ask('bad')
  await new Promise((done) => setTimeout(done, 100))
  go()
  await until(() => bad.closed() && good.answers() === 2)
  good.ask('select 1')
  await until(() => good.answers() === 3)
  expect(good.closed()).toBe(false)
  expect(ran.slice(2)).toEqual(['slow', 'bad', 'ROLLBACK', 'select 1'])
  expect(faults).toEqual([])
  good.end()
})

it('tells of a backend that cannot undo, and runs nothing more on it', async () => {
  const [bad, good] = [client(), client()]
  await until(() => bad.answers() === 1 && good.answers() === 1)
  torn = true
  bad.ask('select 1')
  await until(() => faults.length === 1)
  good.ask('insert')
  await new Promise((done) => setTimeout(done, 100))
  expect(ran).not.toContain('insert')
  good.end()
})
