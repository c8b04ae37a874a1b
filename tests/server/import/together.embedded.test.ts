import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../../server/db/connect.ts'
import { importFolder } from '../../../server/import/run.ts'
import { createInstallation, type TestInstallation } from '../../helpers/database.ts'
import { city, collection, folder, options, place, removeFolders } from './folders.ts'

/** An embedded database starts and ends slowly beside other tests. */
const WITHIN = { timeout: 20_000 }

describe('two commands on one embedded database, no server running', () => {
  let installation: TestInstallation
  const connect = (progress: string[] = []) =>
    connectDatabase(installation.config, 'command', pino({ level: 'silent' }), (text) => progress.push(text))
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const places = folder({
    'layers.json': { city, layers: [{ file: 'p.geojson', as: 'place' }] },
    'p.geojson': collection(place('Kedua', [109.66, -6.88])),
  })

  beforeAll(async () => void (installation = await createInstallation()))
  afterAll(async () => {
    await installation.remove()
    removeFolders()
  })

  it('the one that started it ends after the other, whether that one is at work or thinking', async () => {
    const said: string[] = []
    const first = await connect(said)
    const second = await connect()
    let ended = false
    const closing = first.close().then(() => (ended = true))
    await expect.poll(() => said.at(-1), WITHIN).toBe('menunggu perintah lain yang masih memakai basis data')
    expect((await importFolder(second.db, places, options)).status).toBe('done')
    // A pool lets go of idle connections, as while roads are noded: the command is there all the same.
    await second.db.close()
    await pause(500)
    expect(ended).toBe(false)
    await second.embedded?.close()
    await closing
  })
  it('both may start at the same moment', async () => {
    const both = await Promise.all([connect(), connect()])
    expect(await Promise.all(both.map(({ db }) => db.value('live_head')))).toEqual([
      expect.anything(),
      expect.anything(),
    ])
    await Promise.all(both.map(({ close }) => close()))
  })
})
