import pg from 'pg'
import { z } from 'zod'
import { queries } from './sql.ts'
import { urlsOf } from './urls.ts'

/** What one PostgreSQL server says of itself (sql/queries/database_role.sql). */
const role = z.object({ standby: z.boolean(), cluster: z.string(), timeline: z.number().int() })
type Role = z.infer<typeof role>

/** A host has this long to say what it is. */
const PROBE_MS = 2_000
/** Looks follow each other no faster, whoever asks. */
const APART_MS = 300
/** With several hosts: a promotion that closed no connection of ours is noticed too. */
const EVERY_MS = 5_000

/**
 * Which of the hosts of a URL is used: of a database that takes writes the writable one, the one on the newest timeline where an old primary came
 * back beside it; of a standby one that is still in recovery. node-postgres does not choose. While none fits, the one in use stays.
 */
export function createHosts(url: string, wanted: 'primary' | 'standby') {
  const urls = urlsOf(url)
  let current = 0
  let found: Role | null = null
  let looking: Promise<boolean> | null = null
  let looked_at = 0
  let newest: Role | null = null
  let moved = () => {}

  const older = (each: Role) => newest?.cluster === each.cluster && each.timeline < newest.timeline
  /** The higher the better; null: not to be used. */
  function worth(each: Role | null): number | null {
    if (each === null) return null
    if (wanted === 'standby') return each.standby ? 1 : null
    // One that cannot write yet still answers what it is asked.
    return each.standby ? 0 : older(each) ? null : 1 + each.timeline
  }

  async function lookOnce(): Promise<boolean> {
    const roles = await Promise.all(urls.map((each) => probe(each)))
    looked_at = Date.now()
    const best = roles.reduce((best, each, i) => ((worth(each) ?? -1) > (worth(roles[best]) ?? -1) ? i : best), current)
    const usable = worth(roles[best]) !== null
    const changed = usable && best !== current
    const silent = roles[current] === null
    if (usable) current = best
    found = usable ? roles[best] : null
    if (found && !found.standby && !older(found)) newest = found
    // Connections to a host that is silent or not the one any more would keep who waits for them waiting.
    if (changed || silent) moved()
    return changed
  }

  const look = (): Promise<boolean> => (looking ??= lookOnce().finally(() => (looking = null)))
  const timer = urls.length > 1 ? setInterval(() => void look(), EVERY_MS).unref() : undefined

  return {
    /** The URL to connect to now. */
    url: () => urls[current],
    several: urls.length > 1,
    /** What the last look found of the one in use; null: nothing usable, or no look yet. */
    get role() {
      return found
    },
    look,
    /** The one in use did not answer as it should: looks, soon and in the background. */
    doubt(): void {
      if (looking === null && Date.now() - looked_at >= APART_MS) void look()
    },
    /** Called when connections to other hosts than the one in use are to be closed. */
    onMove(close: () => void): void {
      moved = close
    },
    stop: () => clearInterval(timer),
  }
}
export type Hosts = ReturnType<typeof createHosts>

async function probe(url: string): Promise<Role | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PROBE_MS, query_timeout: PROBE_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(queries.get('database_role')?.text ?? '')
    return role.parse(rows[0])
  } catch {
    return null
  } finally {
    void client.end().catch(() => undefined)
  }
}
