import { z } from 'zod'
import { instant } from './primitives.ts'

/** What the wall can show, in the order of its keys 1 to 5. `live` is what every other one gives way to. */
export const SCENE_IDS = ['live', 'heat', 'districts', 'hotspots', 'agencies'] as const
export type SceneId = (typeof SCENE_IDS)[number]

/** `auto`: light by day, dark from dusk to dawn, by the server's clock in WIB. */
export const THEME_CHOICES = ['auto', 'dark', 'light'] as const

/** One stop of the rotation: how long it is shown before the next. */
export const sceneDwell = z.object({ scene: z.enum(SCENE_IDS), seconds: z.number().int().min(5).max(3600) })
export type SceneDwell = z.infer<typeof sceneDwell>

/** What a screen knows of itself. Lengths as a person measures them: the diagonal in inches, the farthest viewer in metres. */
export const screenSettings = z.object({
  name: z.string().trim().max(60),
  inches: z.number().min(10).max(600),
  distance_m: z.number().min(0.3).max(40),
  theme: z.enum(THEME_CHOICES),
  sound: z.boolean(),
  /** In order, each scene at most once, always with `live`. Alone, `live` never leaves. */
  rotation: z
    .array(sceneDwell)
    .min(1)
    .max(SCENE_IDS.length)
    .refine(
      (stops) => new Set(stops.map(({ scene }) => scene)).size === stops.length,
      'tiap adegan paling banyak sekali',
    )
    .refine((stops) => stops.some(({ scene }) => scene === 'live'), 'adegan live harus ikut'),
})
export type ScreenSettings = z.infer<typeof screenSettings>

/** As the server keeps them; null until somebody set them. */
export const screenSettingsRow = z.object({
  id: z.string(),
  settings: screenSettings.nullable(),
  settings_at: instant.nullable(),
  settings_by: z.string().nullable(),
})

/**
 * What a screen goes by until somebody says otherwise: the room's usual screen seen from its last row, dark, and mostly live: the other
 * scenes get 20 s each, long enough to be read across a room, after a minute of the truth of the moment.
 */
export const DEFAULT_SCREEN: ScreenSettings = {
  name: '',
  inches: 55,
  distance_m: 6,
  theme: 'dark',
  sound: true,
  rotation: [
    { scene: 'live', seconds: 60 },
    { scene: 'heat', seconds: 20 },
    { scene: 'districts', seconds: 20 },
    { scene: 'hotspots', seconds: 20 },
    { scene: 'agencies', seconds: 20 },
  ],
}
