import { fixAgeSeconds } from '../../../geo/track/freshness.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import { layerAges, type Carried, type LayerAge } from '../../live/freshness.ts'
import type { WallFigures } from '../../state/figures.svelte.ts'
import type { Live } from '../../state/live.svelte.ts'

/** How old everything on the wall is at the second shown. */
export function wallLayers(live: Live, figures: WallFigures, map: Carried): LayerAge[] {
  const { now } = live
  const { routing, routing_since } = live.routing
  const figure = (name: 'kecamatan' | 'kelurahan' | 'cells'): Carried => ({
    age_seconds: figures[name].age_seconds,
    failed: figures[name].failed,
  })
  return layerAges({
    picture: { age_seconds: live.has_picture ? live.staleness.age_seconds : null, failed: live.staleness.stale },
    positions: { age_seconds: newestFix(live.units, now), failed: false },
    kecamatan: figure('kecamatan'),
    kelurahan: figure('kelurahan'),
    cells: figure('cells'),
    map,
    routing: {
      age_seconds: routing_since === undefined ? 0 : Math.max(0, (now - Date.parse(routing_since)) / 1000),
      failed: routing === 'fallback',
    },
  })
}

/** Age of the youngest fix of those on duty; null where nobody has one: then nothing is shown that could be old. */
function newestFix(units: readonly Unit[], now: number): number | null {
  const ages = units.flatMap(({ duty, position }) =>
    duty === 'on' && position ? [fixAgeSeconds(Date.parse(position.fix_at), now)] : [],
  )
  return ages.length === 0 ? null : Math.min(...ages)
}
