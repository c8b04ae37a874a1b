import { pino } from 'pino'
import { readConfig, type Config } from './config.ts'
import { connectDatabase } from './db/connect.ts'
import type { Database } from './db/database.ts'

export interface CommandContext {
  config: Config
  db: Database
  /** A line of the answer, on standard output. */
  say(text: string): void
  /** A line about progress, on standard error, so that the answer stays clean. */
  progress(text: string): void
}

/** Runs a program of the command line to its end; a reason goes to standard error, and the process then ends non-zero. */
export async function program(work: (progress: (text: string) => void) => Promise<void>): Promise<void> {
  let code = 0
  try {
    await work((text) => void process.stderr.write(`  … ${text}\n`))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    code = 1
  }
  // Standard output may be a pipe that is not drained yet: let it, then end.
  process.exitCode = code
  process.stdout.write('', () => process.exit(code))
}

/**
 * Runs one command against the installation's database, a running server's included. A reason goes to standard error and the
 * process ends non-zero when it fails; an embedded database that was started for it ends with it.
 */
export async function command(work: (context: CommandContext) => Promise<void>): Promise<void> {
  await program(async (progress) => {
    const config = readConfig(process.env)
    const { db, close } = await connectDatabase(config, 'command', pino({ level: 'silent' }), progress)
    try {
      await work({ config, db, progress, say: (text) => void process.stdout.write(`${text}\n`) })
    } finally {
      await close()
    }
  })
}
