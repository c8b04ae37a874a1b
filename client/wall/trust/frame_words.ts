import type { SceneId } from '../../../geo/wire/screen_settings.ts'
import type { SoundState } from '../../../geo/wire/screen.ts'
import type { Live } from '../../state/live.svelte.ts'
import { heapMb, screenId } from '../screen/identity.ts'
import { loaded } from './handed.ts'
import type { Trust } from './trust.svelte.ts'
import { OWN_VERSION } from './version.ts'

/** A painted frame is told of this often; without one, a little later, that it did not come. */
const TELL_MS = 1900
const OVERDUE_MS = 2400
const LOOK_MS = 500

/** What only the map and the scene know. */
export interface Shown {
  contexts: number
  scene: SceneId
  sound: SoundState
}

/** What this screen says of itself to the server, and to tests: its last painted frame and what it showed. */
export class FrameWords {
  private frames = 0
  private told_at = 0
  private painted_at: number
  private readonly timer: ReturnType<typeof setInterval>

  constructor(
    private readonly live: Live,
    private readonly trust: Trust,
    private readonly shown: () => Shown,
  ) {
    this.painted_at = live.server_now()
    this.timer = setInterval(() => performance.now() - this.told_at > OVERDUE_MS && this.tell(), LOOK_MS)
  }

  painted(): void {
    this.trust.saw_paint()
    this.painted_at = this.live.server_now()
    const root = document.documentElement
    root.dataset.painted = String(++this.frames)
    root.dataset.seq = String(this.live.picture.seq)
    if (performance.now() - this.told_at >= TELL_MS) this.tell()
  }

  close(): void {
    clearInterval(this.timer)
  }

  /** Whether frames come or not: a map that stands still is told of, too. */
  private tell(): void {
    this.told_at = performance.now()
    this.live.send({
      type: 'painted',
      screen_id: screenId(),
      painted_at: new Date(this.painted_at).toISOString(),
      seq: Math.max(0, this.live.picture.seq),
      version: OWN_VERSION,
      heap_mb: heapMb(),
      stale: this.live.staleness.reason,
      dom_nodes: document.getElementsByTagName('*').length,
      loaded,
      ...this.shown(),
    })
  }
}
