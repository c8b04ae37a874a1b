/** `npm run roads:export`: the road graph as JSON in one last line, seconds as used now, closures and crossings included. */
import { exportGraph } from '../../geo/roads/graph.ts'
import type { Closure } from '../../geo/wire/masterdata.ts'
import { readRouter, secondsNow } from '../city/roads.ts'
import { command } from '../command.ts'
import { decideDemo, type InstallationState } from '../worlds.ts'

await command(async ({ db, say, config }) => {
  const now = new Date()
  const simulated = decideDemo(config, db.embedded, await db.one<InstallationState>('installation_state'))
  const closures = (await db.rows<{ closure: Closure }>('closures', { now, simulated })).map((row) => row.closure)
  const router = await readRouter(db)
  say(JSON.stringify(exportGraph(router.graph, secondsNow(router, closures, now))))
})
