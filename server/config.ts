import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { urlsOf } from './db/urls.ts'

/** Everything the environment decides. Read once, here and nowhere else; see README ("Environment"). */
export interface Config {
  port: number
  host: string
  /** null: the embedded PostgreSQL in `data_dir`. */
  database_url: string | null
  /** A streaming copy of it for long reads; null: none. */
  replica_url: string | null
  /** PostgreSQL itself where DATABASE_URL leads to a pooler; null: it does not. */
  direct_url: string | null
  /** Whether each write is to be on a second machine before it is answered: then it is told when it is not so. */
  synchronous: boolean
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
  /** Proxies whose X-Forwarded-* are believed: addresses, networks, or names of networks (proxy-addr). */
  trusted_proxies: string[]
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
  /** Statements that take so long, ms, are told to the log. */
  slow_query_ms: number
  log_level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

const url = (protocols: string[]) =>
  z.url({ protocol: new RegExp(`^(${protocols.join('|')})$`), error: `harus URL ${protocols[0]}://…` }).optional()

/** One URL that may name several hosts, as libpq has it. */
const postgres = z
  .string()
  .refine(
    (text) => urlsOf(text).every((each) => URL.canParse(each) && /^postgres(ql)?:$/.test(new URL(each).protocol)),
    {
      error: 'harus URL postgres://…',
    },
  )
  .optional()

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
/** Addresses and networks with spaces or commas between, `10.0.0.5 10.1.0.0/16`; `loopback`, `linklocal`, `uniquelocal` by name; never all the world. */
const proxies = z.string().transform((text, context) => {
  const named = text.split(/[\s,]+/).filter((each) => each !== '')
  for (const each of named.filter((each) => !isNetwork(each)))
    context.addIssue({ code: 'custom', message: `${each} bukan alamat, jaringan (10.0.0.0/8), atau loopback` })
  return named
})
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address, bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128))
  )
}
/** Never printed; nor is any other value with an @ in it: what stands before that may be a password. */
const SECRET = new Set(['KOMINFO_SECRET', 'DATABASE_URL', 'DATABASE_REPLICA_URL', 'DATABASE_DIRECT_URL'])
const shown = (name: string, value: string) => (SECRET.has(name) || value.includes('@') ? '…' : value)

const environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65535).default(8112),
    HOST: z.string().min(1).default('127.0.0.1'),
    DATABASE_URL: postgres,
    DATABASE_REPLICA_URL: postgres,
    DATABASE_DIRECT_URL: postgres,
    DATABASE_SYNCHRONOUS: z.enum(['0', '1']).default('0'),
    SIAGA_DATA: z.string().min(1).default('.siaga'),
    SIAGA_ANCHORS: z.string().min(1).optional(),
    SIAGA_DEMO: z.enum(['0', '1']).optional(),
    SIAGA_DEMO_SPEED: z.coerce.number().positive().max(1000).default(1),
    SIAGA_SEED: z.coerce.number().int().default(112),
    ROUTING_URL: url(['http', 'https']),
    PUBLIC_URL: url(['https', 'http']),
    TRUSTED_PROXIES: proxies.default(['loopback']),
    KOMINFO_URL: endpoint.optional(),
    KOMINFO_SECRET: secrets.optional(),
    KOMINFO_MAPPING: z.string().optional(),
    KOMINFO_TRIES: z.coerce.number().int().min(1).max(1000).default(12),
    KOMINFO_TIMEOUT: z.coerce.number().positive().max(120).default(10),
    CHROMIUM: z.string().min(1).optional(),
    SIAGA_WALL_HEAP_MB: z.coerce.number().min(100).max(100_000).default(600),
    SLOW_QUERY_MS: z.coerce.number().min(0).max(600_000).default(200),
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
      ({ path: [name], message }) => `${String(name)}=${shown(String(name), given[String(name)] ?? '')}: ${message}`,
    )
    throw new ConfigError(`Lingkungan salah: ${faults.join('; ')}. Perbaiki variabel itu, lalu jalankan lagi.`)
  }
  const e = result.data
  return {
    port: e.PORT,
    host: e.HOST,
    database_url: e.DATABASE_URL ?? null,
    replica_url: e.DATABASE_URL === undefined ? null : (e.DATABASE_REPLICA_URL ?? null),
    direct_url: e.DATABASE_URL === undefined ? null : (e.DATABASE_DIRECT_URL ?? null),
    synchronous: e.DATABASE_SYNCHRONOUS === '1',
    data_dir: resolve(e.SIAGA_DATA),
    anchors_file: resolve(e.SIAGA_ANCHORS ?? join(e.SIAGA_DATA, 'anchors.jsonl')),
    demo: e.SIAGA_DEMO === undefined ? null : e.SIAGA_DEMO === '1',
    demo_speed: e.SIAGA_DEMO_SPEED,
    seed: e.SIAGA_SEED,
    routing_url: e.ROUTING_URL ?? null,
    public_url: e.PUBLIC_URL?.replace(/(?<!\/)\/+$/, '') ?? null,
    trusted_proxies: e.TRUSTED_PROXIES,
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
    slow_query_ms: e.SLOW_QUERY_MS,
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
