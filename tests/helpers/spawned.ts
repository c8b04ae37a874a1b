import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process'
import { join } from 'node:path'
import { PROGRAMS } from './built.ts'
import { createInstallation } from './database.ts'

export { freePort } from './free_port.mjs'

/** The built server as processes of their own, in a group of their own: for what only signals can show. */
export interface Spawned {
  process: ChildProcess
  url: string
  output: () => string
}

/** Environment of a fresh installation for {@link spawnServer}, and how to delete it. */
export async function installationEnv(
  more: Record<string, string> = {},
): Promise<{ env: Record<string, string>; remove: () => Promise<void> }> {
  const installation = await createInstallation()
  const { database_url, data_dir } = installation.config
  return {
    env: {
      SIAGA_DATA: data_dir,
      ...(database_url === null ? {} : { DATABASE_URL: database_url }),
      SIAGA_DEMO: '0',
      LOG_LEVEL: 'warn',
      ...more,
    },
    remove: installation.remove,
  }
}

/** Starts the built server and waits (60 s at most) until it is ready. */
export async function spawnServer(env: Record<string, string>, port: number, programs = PROGRAMS): Promise<Spawned> {
  const child = spawn(process.execPath, [join(programs, 'serve.js')], {
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout?.on('data', (data: Buffer) => (text += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (text += data.toString()))
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${text}`)
    if (
      await fetch(`${url}/health/ready`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return { process: child, url, output: () => text }
    await new Promise((done) => setTimeout(done, 250))
  }
  throw new Error(`the server was not ready in 60 s: ${text}`)
}

/** Sends a signal to the main process and waits for its end; answers the milliseconds that took. */
export async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return 0
  const at = Date.now()
  const gone = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await gone
  return Date.now() - at
}

/** Runs one of the built commands to its end. */
export const runCommand = (program: string, args: string[], env: Record<string, string>): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [join(PROGRAMS, `${program}.js`), ...args], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
    timeout: 120_000,
  })

export const tokenOf = (env: Record<string, string>, role: string, ...bound: string[]): string =>
  runCommand('token', [role, ...bound], env)
    .stdout.trim()
    .split('\n')
    .at(-1) ?? ''
