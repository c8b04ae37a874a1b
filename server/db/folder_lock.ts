import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'

/** Another process holds it. */
export const IN_USE = 'in_use'

function isHeld(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.on('connect', () => (probe.destroy(), resolve(true)))
    probe.on('error', () => resolve(false))
  })
}

/**
 * Takes a data folder for this process by listening on a socket, which only one of two can do; whoever can connect to it knows that the folder is in
 * use. Ends with the process, however that ends. Throws an Error {@link IN_USE}. Answers how to let go of it.
 */
export async function holdFolder(path: string): Promise<() => void> {
  const lock = createServer((socket) => socket.end())
  const claim = () => new Promise<void>((resolve, reject) => lock.once('error', reject).listen(path, resolve))
  // A socket that answers nobody was left by a killed process.
  await claim().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    if (await isHeld(path)) throw new Error(IN_USE)
    rmSync(path, { force: true })
    await claim()
  })
  return () => {
    lock.close()
    rmSync(path, { force: true })
  }
}
