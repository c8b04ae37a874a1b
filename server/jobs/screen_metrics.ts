import { Gauge, type Registry } from 'prom-client'
import { STALE_REASONS, type ScreenRow } from '../../geo/wire/screen.ts'
import type { Screens } from '../live/screens.ts'

/** Screens name themselves: no more of them than this become series, the newest heard first. */
const MOST_SCREENS = 200

/** Prometheus figures of the screens that this server hears; those that others hear are in theirs. */
export function measureScreens(screens: Screens, registry: Registry): void {
  const registers = [registry]
  const each = (name: string, help: string, of: (screen: ScreenRow) => number | null) =>
    new Gauge({
      name,
      help,
      labelNames: ['screen'],
      registers,
      collect() {
        this.reset()
        for (const screen of screens.list().slice(-MOST_SCREENS)) {
          const value = of(screen)
          if (value !== null) this.set({ screen: screen.screen_id }, value)
        }
      },
    })
  each(
    'siaga_screen_painted_age_seconds',
    'Seconds since the last frame that a screen painted',
    (screen) => screen.painted_age_seconds,
  )
  each('siaga_screen_stale', '1 while a screen says BASI, or its picture stands still', ({ state, stale }) =>
    stale !== null || state === 'frozen' || state === 'lost' ? 1 : 0,
  )
  each(
    'siaga_screen_version_current',
    "1 while a screen's page is the version that this server serves",
    ({ version_current }) => Number(version_current),
  )
  each('siaga_screen_sound_ready', '1 while an alarm would be heard from a screen', ({ sound }) =>
    Number(sound === 'ready'),
  )
  each('siaga_screen_heap_bytes', 'JavaScript heap of a screen, where its browser tells', ({ heap_mb }) =>
    heap_mb === null ? null : heap_mb * 1_048_576,
  )
  each(
    'siaga_screen_webgl_contexts',
    'WebGL contexts of the live layers of a screen: more than 1 is a leak',
    ({ contexts }) => contexts,
  )
  each('siaga_screen_dom_nodes', 'Elements in the page of a screen', ({ dom_nodes }) => dom_nodes)
  new Gauge({
    name: 'siaga_screens_stale',
    help: 'Screens that say BASI now, by why; lost: not heard for 10 s, frozen: heard, but painting no frame',
    labelNames: ['reason'],
    registers,
    collect() {
      const counts = new Map<string, number>([...STALE_REASONS, 'lost', 'frozen'].map((reason) => [reason, 0]))
      for (const { state, stale } of screens.list()) {
        const reason = state === 'lost' || state === 'frozen' ? state : stale
        if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1)
      }
      for (const [reason, n] of counts) this.set({ reason }, n)
    },
  })
}
