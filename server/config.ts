import { readFileSync } from 'node:fs'
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
  /** The data centre. Without a target messages wait. */
  kominfo: {
    target: { url: string; secrets: Buffer[]; timeout_ms: number } | null
    mapping: string | null
    most_tries: number
  }
  /** The Chromium that prints reports; null: whichever this machine has. */
  chromium: string | null
  /** MB of JavaScript heap above which a wall loads itself anew in a quiet minute. */
  wall_heap_mb: number
  log_level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

const url = (protocols: string[]) =>
  z.url({ protocol: new RegExp(`^(${protocols.join('|')})$`), error: `harus URL ${protocols[0]}://…` }).optional()

/** https; http only within the machine or a private network, by address. Personal data goes over it. */
const endpoint = z
  .url({ protocol: /^https?$/, error: 'harus URL https://…' })
  .refine((text) => !URL.canParse(text) || new URL(text).protocol === 'https:' || isPrivate(new URL(text).hostname), {
    error: 'harus https; http hanya ke localhost atau alamat IP privat',
  })
  .refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''), {
    error: 'tanpa nama dan kata sandi di dalamnya; pengirim dikenal dari tanda tangannya',
  })
const PRIVATE =
  /^(localhost|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|\[::1\]|\[f[cd][0-9a-f:]+\])$/
const isPrivate = (host: string) => PRIVATE.test(host)

/** One secret or, while it is being changed, several with a space between: `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. */
const secrets = z.string().transform((text, context) => {
  const read = text
    .trim()
    .split(/\s+/)
    .map((each) => /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(each)?.[1])
    .map((base64) => (base64 === undefined ? null : Buffer.from(base64, 'base64')))
  const sound = read.flatMap((bytes) => (bytes && bytes.length >= 24 && bytes.length <= 64 ? [bytes] : []))
  if (sound.length < read.length)
    context.addIssue({
      code: 'custom',
      message: 'harus whsec_ dengan 24 sampai 64 bita base64 (openssl rand -base64 32)',
    })
  return sound
})
/** Never printed. */
const SECRET = new Set(['KOMINFO_SECRET'])

const environment = z
  .object({
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
    KOMINFO_URL: endpoint.optional(),
    KOMINFO_SECRET: secrets.optional(),
    KOMINFO_MAPPING: z.string().optional(),
    KOMINFO_TRIES: z.coerce.number().int().min(1).max(1000).default(12),
    KOMINFO_TIMEOUT: z.coerce.number().positive().max(120).default(10),
    CHROMIUM: z.string().min(1).optional(),
    SIAGA_WALL_HEAP_MB: z.coerce.number().min(100).max(100_000).default(600),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine((value) => value.KOMINFO_URL === undefined || value.KOMINFO_SECRET !== undefined, {
    path: ['KOMINFO_SECRET'],
    message: 'wajib bersama KOMINFO_URL',
  })

/** The environment is wrong; `message` names every fault at once. */
export class ConfigError extends Error {}

/** Reads and checks the environment; an empty variable counts as unset. Throws {@link ConfigError}. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = withFile(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  const result = environment.safeParse(given)
  if (!result.success) {
    const faults = result.error.issues.map(
      ({ path: [name], message }) =>
        `${String(name)}=${SECRET.has(String(name)) ? '…' : (given[String(name)] ?? '')}: ${message}`,
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
    kominfo: {
      target:
        e.KOMINFO_URL === undefined
          ? null
          : { url: e.KOMINFO_URL, secrets: e.KOMINFO_SECRET ?? [], timeout_ms: e.KOMINFO_TIMEOUT * 1000 },
      mapping: e.KOMINFO_MAPPING === undefined ? null : resolve(e.KOMINFO_MAPPING),
      most_tries: e.KOMINFO_TRIES,
    },
    chromium: e.CHROMIUM ?? null,
    wall_heap_mb: e.SIAGA_WALL_HEAP_MB,
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

/** KOMINFO_SECRET_FILE names a file with what KOMINFO_SECRET would hold. */
function withFile(given: Record<string, string | undefined>): Record<string, string | undefined> {
  const { KOMINFO_SECRET_FILE: file, ...rest } = given
  if (file === undefined) return given
  if (rest.KOMINFO_SECRET !== undefined)
    throw new ConfigError('Lingkungan salah: KOMINFO_SECRET dan KOMINFO_SECRET_FILE; sebutkan salah satu saja.')
  try {
    return { ...rest, KOMINFO_SECRET: readFileSync(file, 'utf8') }
  } catch {
    throw new ConfigError(`Lingkungan salah: KOMINFO_SECRET_FILE=${file}: tidak dapat dibaca.`)
  }
}
