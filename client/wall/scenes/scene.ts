import type { Component } from 'svelte'
import type { WallPlan } from '../../../geo/screen/wall_plan.ts'
import type { SceneId, ScreenSettings } from '../../../geo/wire/screen_settings.ts'
import type { Ground } from '../../map/ground/ground.ts'
import type { WallFigures } from '../../state/figures.svelte.ts'
import type { Live } from '../../state/live.svelte.ts'
import { late } from '../../ui/late.ts'
import LiveScene from './live/LiveScene.svelte'

/** What every scene's component is given. */
export interface SceneProps {
  live: Live
  figures: WallFigures
  settings: ScreenSettings
  /** How much room there is, and whether it is upright. */
  plan: WallPlan
  /**
   * Lays the scene's ground under incidents and units of the one map. To be called whenever it changed; the last one given stays
   * until the next scene gives its own.
   */
  onground: (ground: Ground) => void
}

/**
 * Where the map lies: `live` between the figures and the list of the live scene; `large` takes what the panel leaves, about half of
 * a 16:9 screen; `small` about a third. In portrait the panel lies below the map.
 */
export type MapPlace = 'live' | 'large' | 'small'

export interface Scene {
  id: SceneId
  map: MapPlace
  /** Fetched when it is first shown, so that the first paint stays small. */
  load: () => Promise<Component<SceneProps>>
}

const loaded = <T>(load: () => Promise<{ default: T }>) => late(load).then((module) => module.default)

/** To add a scene: a folder, an id in geo/wire/screen_settings.ts, one line here. */
export const SCENES: Record<SceneId, Scene> = {
  live: { id: 'live', map: 'live', load: async () => LiveScene },
  heat: { id: 'heat', map: 'large', load: () => loaded(() => import('./heat/HeatScene.svelte')) },
  districts: { id: 'districts', map: 'large', load: () => loaded(() => import('./districts/DistrictsScene.svelte')) },
  hotspots: { id: 'hotspots', map: 'large', load: () => loaded(() => import('./hotspots/HotspotsScene.svelte')) },
  agencies: { id: 'agencies', map: 'small', load: () => loaded(() => import('./agencies/AgenciesScene.svelte')) },
}
