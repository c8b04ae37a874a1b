/**
 * The embedded PostgreSQL (PGlite with PostGIS) in a process of its own: `embedded DATA_DIR SOCKET LOCK_SOCKET`.
 * Started by db/embedded.ts with an IPC channel; ends when that channel closes, so that no killed parent leaves it behind.
 * Tells its parent {ready: true} or {error}. The lock socket is held from the first moment: whoever can connect to it
 * knows that the folder is in use.
 */
import { chmodSync, rmSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { holdFolder } from '../db/folder_lock.ts'
import { settleSwap } from '../db/folder_swap.ts'
import { createWireMux } from '../db/wire_mux.ts'

const [dataDir, socketPath, lockPath] = process.argv.slice(2)
const tell = (message: object) => process.send?.(message)

async function main(): Promise<void> {
  const letGo = await holdFolder(lockPath)
  settleSwap(dataDir)
  const db = await PGlite.create({ dataDir, extensions: { postgis } })
  rmSync(socketPath, { force: true })
  const mux = createWireMux(
    { execute: (message) => db.execProtocolRaw(new Uint8Array(message), { throwOnError: false }) },
    (error) => {
      console.error(error)
      process.exit(1)
    },
  )
  await new Promise<void>((resolve, reject) => mux.once('error', reject).listen(socketPath, resolve))
  chmodSync(socketPath, 0o600)
  tell({ ready: true })

  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    mux.close()
    await db.close()
    rmSync(socketPath, { force: true })
    letGo()
    process.exit(0)
  }
  // Every client counts, also one that is silent. Once there is none, further ones are refused before the parent is told.
  const closeWhenUnused = (tries = 0) =>
    mux.getConnections((_, clients) => {
      if (clients > 0) {
        if (tries === 10) tell({ unused: false })
        setTimeout(closeWhenUnused, 100, tries + 1)
      } else {
        mux.close()
        tell({ unused: true })
      }
    })
  process.on('message', (message) => {
    if (message === 'close') void close()
    if (message === 'close_when_unused') closeWhenUnused()
  })
  process.on('disconnect', () => void close())
  // A signal to the group reaches the parent too, which flushes first and then says close.
  process.on('SIGTERM', () => undefined)
  process.on('SIGINT', () => undefined)
}

main().catch((error: unknown) => {
  tell({ error: error instanceof Error ? error.message : String(error) })
  process.exit(1)
})
