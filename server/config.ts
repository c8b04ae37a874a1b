import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Everything the environment decides. Read once, here and nowhere else; see README ("Environment"). */
export interface Config {
  port: number
  host: string
  /** null: the embedded PostgreSQL in `data_dir`. */
  database_url: string | null
  data_dir: string
  /** Where the heads of the log are noted each night, outside the database. */
  anchors_file: string
  /** null: decided by the database (embedded without real incidents: demo). */
  demo: boolean | null
  demo_speed: number
  seed: number
  routing_url: string | null
  /** Where browsers and phones reach this server, through a proxy; null: as they asked. Without a slash at its end. */
  public_url: string | null
  log_level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

const url = (protocols: string[]) =>
  z.url({ protocol: new RegExp(`^(${protocols.join('|')})$`), error: `harus URL ${protocols[0]}://…` }).optional()

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8112),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: url(['postgres', 'postgresql']),
  SIAGA_DATA: z.string().min(1).default('.siaga'),
  SIAGA_ANCHORS: z.string().min(1).optional(),
  SIAGA_DEMO: z.enum(['0', '1']).optional(),
  SIAGA_DEMO_SPEED: z.coerce.number().positive().max(1000).default(1),
  SIAGA_SEED: z.coerce.number().int().default(112),
  ROUTING_URL: url(['http', 'https']),
  PUBLIC_URL: url(['https', 'http']),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** The environment is wrong; `message` names every fault at once. */
export class ConfigError extends Error {}

/** Reads and checks the environment; an empty variable counts as unset. Throws {@link ConfigError}. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = environment.safeParse(given)
  if (!result.success) {
    const faults = result.error.issues.map(
      (issue) => `${issue.path.join('.')}=${given[String(issue.path[0])] ?? ''}: ${issue.message}`,
    )
    throw new ConfigError(`Lingkungan salah: ${faults.join('; ')}. Perbaiki variabel itu, lalu jalankan lagi.`)
  }
  const e = result.data
  return {
    port: e.PORT,
    host: e.HOST,
    database_url: e.DATABASE_URL ?? null,
    data_dir: resolve(e.SIAGA_DATA),
    anchors_file: resolve(e.SIAGA_ANCHORS ?? join(e.SIAGA_DATA, 'anchors.jsonl')),
    demo: e.SIAGA_DEMO === undefined ? null : e.SIAGA_DEMO === '1',
    demo_speed: e.SIAGA_DEMO_SPEED,
    seed: e.SIAGA_SEED,
    routing_url: e.ROUTING_URL ?? null,
    public_url: e.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    log_level: e.LOG_LEVEL,
  }
}

const THIS_MACHINE = ['127.0.0.1', 'localhost', '::1']

/** What start-up says when others on the network reach this server without HTTPS, for all that is known; null: nothing. */
export function httpsWarning({ host, public_url }: Pick<Config, 'host' | 'public_url'>): string | null {
  if (public_url?.startsWith('https:') || (THIS_MACHINE.includes(host) && public_url === null)) return null
  return (
    'Peringatan: tanpa HTTPS kata sandi terbaca di jaringan, dan peramban tidak memberi lokasi di /field. ' +
    'Pasang proksi TLS di depan dan sebutkan alamatnya: PUBLIC_URL=https://…'
  )
}
