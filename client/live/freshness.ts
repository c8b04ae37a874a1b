/** What the wall shows, each with data of its own age. */
export const LAYERS = ['picture', 'positions', 'kecamatan', 'kelurahan', 'cells', 'map', 'routing'] as const
export type LayerId = (typeof LAYERS)[number]

/**
 * `waiting`: never had, which is not the same as none; `fresh`; `old`: shown, and older than it may be without saying so; `failed`: it could not be had, and
 * nothing of it is shown.
 */
export type LayerState = 'waiting' | 'fresh' | 'old' | 'failed'

/** What is known of a layer's data. */
export interface Carried {
  /** Of what is shown, seconds; null: nothing is. */
  age_seconds: number | null
  /** The last try to renew it went wrong. */
  failed: boolean
}

export interface LayerAge extends Carried {
  id: LayerId
  state: LayerState
}

/**
 * Older than this it says so, seconds: the live picture as DESIGN.md has it; fixes when the newest of all is past trusting; figures after three
 * of their half minutes; the base map and who prices the roads only when they failed: they are no older for standing still.
 */
export const LIMIT_SECONDS: Record<LayerId, number> = {
  picture: 5,
  positions: 600,
  kecamatan: 90,
  kelurahan: 90,
  cells: 90,
  map: Infinity,
  routing: Infinity,
}

/** Each layer with its age and how it stands, in the order of {@link LAYERS}. A failure tells itself even while what is shown is young. */
export function layerAges(carried: Record<LayerId, Carried>): LayerAge[] {
  return LAYERS.map((id) => {
    const { age_seconds, failed } = carried[id]
    return { id, age_seconds, failed, state: stateOf(id, age_seconds, failed) }
  })
}

function stateOf(id: LayerId, age_seconds: number | null, failed: boolean): LayerState {
  if (age_seconds === null) return failed ? 'failed' : 'waiting'
  return age_seconds > LIMIT_SECONDS[id] || failed ? 'old' : 'fresh'
}

/** Picture and routing have words of their own: BASI in capitals, and who prices the drives. */
const SPEAKS_ITSELF: readonly LayerId[] = ['picture', 'routing']

/** Those the wall names in one line: what is not there, or past its limit. A try that went wrong once is told by its panel alone. */
export const toldOf = (layers: readonly LayerAge[]): LayerAge[] =>
  layers.filter(({ id, state, age_seconds }) => {
    if (SPEAKS_ITSELF.includes(id)) return false
    const limit = LIMIT_SECONDS[id]
    return state === 'failed' || (state === 'old' && (limit === Infinity || (age_seconds ?? 0) > limit))
  })
