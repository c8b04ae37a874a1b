/**
 * What a backup is: one gzip file of UTF-8 lines, the same for both databases.
 *
 *   {"siaga":"backup","format":1, …}            head
 *   {"table":"incident","columns":[…]}          a table, or one partition of it
 *   ["6f0c…","112-20261123-0007",null, …]       a row: its columns as PostgreSQL writes them as text
 *   {"rows":{"incident":30, …},"sha256":"…"}    last line: rows by table, and the hash of all bytes before it
 */
import { z } from 'zod'
import { uuid } from '../../geo/wire/primitives.ts'

export const FORMAT = 1

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()

/** Read before anything else, so that a newer format is told from a damaged file. */
export const formatLine = z.object({ siaga: z.literal('backup'), format: z.number().int().positive() })

export const head = formatLine.extend({
  program: z.string(),
  made_at: z.iso.datetime({ offset: true }),
  migrations: z.array(z.object({ name: z.string().regex(/^\d{4}_\w+$/), hash: sha256 })).min(1),
  log: z.object({ log_id: uuid, seq: count, hash: sha256 }),
  holds: z.object({
    real: z.boolean(),
    simulated: z.boolean(),
    incidents: count,
    last_received_at: z.iso.datetime({ offset: true }).nullable(),
  }),
  partitions: z.array(z.object({ name, parent: name, from: z.string(), to: z.string() })),
  sequences: z.array(z.object({ table: name, column: name, last: z.number().int() })),
})
export type Head = z.infer<typeof head>

export const tableLine = z.object({ table: name, columns: z.array(name).min(1) })
export type TableLine = z.infer<typeof tableLine>

export const lastLine = z.object({ rows: z.record(name, count), sha256 })
export type LastLine = z.infer<typeof lastLine>

/** Whose world a database or a backup holds; none: no incident and no call. A real one may hold a former trial too. */
export type World = 'real' | 'simulated' | 'none'
export const worldOf = ({ real, simulated }: { real: boolean; simulated: boolean }): World =>
  real ? 'real' : simulated ? 'simulated' : 'none'
