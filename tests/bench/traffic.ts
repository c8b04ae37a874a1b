import { KELURAHAN } from '../../geo/city/kelurahan.ts'
import { UNITS } from '../../geo/city/units.ts'
import { fromLocalM } from '../../geo/earth.ts'
import type { LonLat } from '../../geo/earth.ts'
import { ask, pause } from './client.ts'

const KNOWN: readonly LonLat[] = KELURAHAN.flatMap((kelurahan) => kelurahan.known_points as LonLat[])
const TYPES = ['kebakaran', 'kecelakaan', 'banjir', 'sakit_mendadak', 'pohon_tumbang', 'ular']

/** A point of the city: within 150 m of a place known to lie in it. */
export function somewhere(random: () => number): LonLat {
  const [x, y] = [(random() - 0.5) * 300, (random() - 0.5) * 300]
  return fromLocalM([x, y], KNOWN[Math.floor(random() * KNOWN.length)])
}

/** What an operator's console sends for one call. */
export const incidentInput = (random: () => number) => ({
  incident_type: TYPES[Math.floor(random() * TYPES.length)],
  location: { type: 'Point', coordinates: somewhere(random) },
  accuracy_m: 25,
  description: 'Warga melihat asap tebal dari arah belakang rumah, jalan masih bisa dilewati dari utara.',
  caller_name: `Pelapor ${Math.floor(random() * 1000)}`,
  caller_number: `0285${Math.floor(100_000 + random() * 900_000)}`,
})

/** A server and the token of an operator there. */
export interface Desk {
  url: string
  operator: string
}

/** Records an incident as the console does, and answers its id and the milliseconds that took. */
export async function record({ url, operator }: Desk, input: object, key: string): Promise<{ id: string; ms: number }> {
  const { ms, text } = await ask('POST', `${url}/api/incidents`, {
    token: operator,
    body: input,
    headers: { 'Idempotency-Key': key },
  })
  return { id: (JSON.parse(text) as { incident: { id: string } }).incident.id, ms }
}

/** Fills the room with open incidents; answers their ids. */
export async function openIncidents(
  desk: Desk,
  count: number,
  random: () => number,
  named = 'open',
): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const some = Math.min(4, count - ids.length)
    const made = await Promise.all(
      Array.from({ length: some }, (_, i) => record(desk, incidentInput(random), `${named}-${ids.length + i}`)),
    )
    ids.push(...made.map(({ id }) => id))
  }
  return ids
}

export const cancel = ({ url, operator }: Desk, id: string) =>
  ask('PATCH', `${url}/api/incidents/${id}`, { token: operator, body: { status: 'cancelled' } })

export const CALLSIGNS: readonly string[] = UNITS.map((unit) => unit.callsign)

/** One fix of each unit, each a little further than before; `fix_at` now. */
export function driving(random: () => number): () => object[] {
  const at = CALLSIGNS.map(() => somewhere(random))
  const heading = CALLSIGNS.map(() => random() * 2 * Math.PI)
  return () => {
    const fix_at = new Date().toISOString()
    return CALLSIGNS.map((callsign, i) => {
      heading[i] += (random() - 0.5) * 0.4
      at[i] = fromLocalM([Math.sin(heading[i]) * 10, Math.cos(heading[i]) * 10], at[i])
      return {
        callsign,
        location: { type: 'Point', coordinates: at[i] },
        fix_at,
        speed_kmh: 36,
        heading: ((((heading[i] * 180) / Math.PI) % 360) + 360) % 360,
      }
    })
  }
}

/** Lets every unit send a fix each second until stopped; `stop` waits for the last one. */
export function startFleet(url: string, token: string, random: () => number): { stop(): Promise<void> } {
  const next = driving(random)
  let going = true
  const run = (async () => {
    while (going) {
      const started = Date.now()
      await ask('POST', `${url}/api/positions`, { token, body: next() })
      await pause(Math.max(0, 1_000 - (Date.now() - started)))
    }
  })()
  run.catch(() => undefined)
  return {
    async stop() {
      going = false
      await run
    },
  }
}
