import { z } from 'zod'
import { ask } from '../../state/api.ts'
import { FixQueue, type OwnFix } from './fix_queue.ts'

/** Why no position goes out. `hidden`: the page was in the background or the screen locked, and browsers stop there. */
export type Stopped = 'off_duty' | 'signed_out' | 'denied' | 'insecure' | 'unsupported' | 'no_fix' | 'hidden'

/** No fix for this long is said. */
export const NO_FIX_MS = 60_000
/** A shorter absence is not worth a word. */
const GAP_MS = 30_000
/** A phone that lies still tells nothing by itself: it is asked. */
const ASK_MS = 20_000
const SEND_MS = 5_000
const BATCH = 200
/** Not now: what is refused so is sent again. */
const TOO_MANY = 429
const taken = z.object({ accepted: z.number(), rejected: z.array(z.object({ reason: z.string() })) })
const MPS_KMH = 3.6

export interface SharingOptions {
  /** Server time now, epoch ms. */
  now(): number
  /** A refusal: the session is over. */
  refused(): void
}

/** Shares the phone's position while told to, and says when and why it does not. */
export class Sharing {
  stopped = $state<Stopped | null>('signed_out')
  /** The last fix of this phone. */
  last = $state.raw<OwnFix | null>(null)
  /** Fixes that wait for a signal. */
  waiting = $state(0)
  /** A stretch without positions because the page was not seen, until it was read. */
  gap = $state.raw<{ from: number; to: number } | null>(null)
  private readonly queue = new FixQueue()
  private watch: number | null = null
  private wanted = false
  private denied = false
  private started_at = 0
  private hidden_at: number | null = null
  private sending = false
  private screen: WakeLockSentinel | null = null
  private awake = false
  private readonly timers: ReturnType<typeof setInterval>[] = []

  constructor(private readonly options: SharingOptions) {
    document.addEventListener('visibilitychange', this.seen)
    this.timers.push(setInterval(() => void this.send(), SEND_MS))
    this.timers.push(setInterval(() => this.look(), 1000))
    this.timers.push(setInterval(() => this.poke(), ASK_MS))
  }

  /** Starts or ends; `why` it ends. What waits is forgotten when it ends: nobody shares it any more. */
  want(wanted: boolean, why: 'off_duty' | 'signed_out' = 'off_duty'): void {
    this.wanted = wanted
    if (wanted) return void this.start()
    this.stop(why)
    this.queue.clear()
    this.waiting = 0
    this.last = null
    this.gap = null
  }

  /** Keeps the screen on, so that the phone does not lock while its unit drives. */
  keepAwake(awake: boolean): void {
    this.awake = awake
    if (!awake) {
      void this.screen?.release()
      this.screen = null
    } else if (this.screen === null && !document.hidden && 'wakeLock' in navigator)
      void navigator.wakeLock.request('screen').then(
        (lock) => {
          this.screen = lock
          lock.addEventListener('release', () => (this.screen = null))
        },
        // Low battery, or not allowed: the gap says what came of it.
        () => undefined,
      )
  }

  /** After the officer allowed it in the browser's settings. */
  again(): void {
    this.denied = false
    if (this.wanted) this.start()
  }

  gapRead(): void {
    this.gap = null
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.seen)
    for (const timer of this.timers) clearInterval(timer)
    this.stop('signed_out')
    this.keepAwake(false)
  }

  private start(): void {
    if (!window.isSecureContext) this.stopped = 'insecure'
    else if (!('geolocation' in navigator)) this.stopped = 'unsupported'
    else if (this.denied) this.stopped = 'denied'
    else if (this.watch === null) {
      this.started_at = Date.now()
      this.stopped = null
      this.watch = navigator.geolocation.watchPosition(this.took, this.failed, { enableHighAccuracy: true })
    }
  }

  private stop(why: Stopped): void {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch)
    this.watch = null
    this.stopped = why
  }

  private readonly took = ({ coords, timestamp }: GeolocationPosition) => {
    if (!this.wanted) return
    const fix: OwnFix = {
      lon: coords.longitude,
      lat: coords.latitude,
      // The phone's clock may be wrong; how wrong is known.
      at: Math.min(timestamp, Date.now()) + this.options.now() - Date.now(),
      accuracy_m: coords.accuracy,
      speed_kmh: coords.speed === null ? null : Math.min(400, coords.speed * MPS_KMH),
      heading: coords.heading !== null && Number.isFinite(coords.heading) ? coords.heading : null,
    }
    this.last = fix
    this.queue.push(fix)
    this.waiting = this.queue.length
    if (this.stopped === 'no_fix') this.stopped = null
  }

  private readonly failed = (error: GeolocationPositionError) => {
    if (error.code !== error.PERMISSION_DENIED) return
    this.denied = true
    this.stop('denied')
  }

  private poke(): void {
    if (this.watch !== null && !document.hidden)
      navigator.geolocation.getCurrentPosition(this.took, this.failed, { enableHighAccuracy: true, maximumAge: 0 })
  }

  private look(): void {
    if (this.watch === null) return
    const since = this.last ? this.options.now() - this.last.at : Date.now() - this.started_at
    if (since > NO_FIX_MS) this.stopped ??= 'no_fix'
  }

  private readonly seen = () => {
    if (document.hidden) {
      this.hidden_at = this.options.now()
      return
    }
    const from = this.hidden_at
    this.hidden_at = null
    const to = this.options.now()
    if (this.wanted && from !== null && to - from > GAP_MS) this.gap = { from: this.gap?.from ?? from, to }
    if (this.awake) this.keepAwake(true)
    this.poke()
  }

  private async send(): Promise<void> {
    const batch = this.queue.first(BATCH)
    if (this.sending || batch.length === 0) return
    this.sending = true
    const answer = await ask('POST', '/api/positions', taken, {
      body: batch.map(({ lon, lat, at, ...rest }) => ({
        location: { type: 'Point', coordinates: [lon, lat] },
        fix_at: new Date(at).toISOString(),
        ...rest,
      })),
    })
    this.sending = false
    if (!answer.ok && (answer.away || answer.status === TOO_MANY)) return
    // Taken, or refused for good: the same again would fare no better.
    this.queue.done(batch[batch.length - 1].at)
    this.waiting = this.queue.length
    if (!answer.ok && answer.status === 401) this.options.refused()
  }
}
