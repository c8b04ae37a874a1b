import { audible, type Standing } from '../../geo/alarm/alarm_book.ts'
import type { SoundState } from '../../geo/wire/screen.ts'
import { webSpeaker, type Speaker } from './speaker.ts'
import { TONES } from './tones.ts'

/** Between two sounds of an alarm while it is new. */
const REPEAT_MS: Readonly<Record<1 | 2, number>> = { 1: 10_000, 2: 20_000 }
/** Nobody should learn only in an emergency that there is no sound: it is tried, in silence, each hour. */
const TEST_EVERY_MS = 3_600_000
/** A browser that blocks may allow it a moment later, and says nothing then. */
const BLOCKED_EVERY_MS = 5_000

/**
 * Sounds what is new among the alarms, by tier, again and again until it is not new any more, or somebody acknowledged it. Knows
 * whether it could be heard: `state` goes to the server, and the page says so where it could not.
 */
export class AlarmSound {
  state = $state<SoundState>('off')
  /** Sounds since the page opened, for whoever wants to know that it does. */
  sounds = $state(0)
  private sounded_at = -Infinity
  private sounded: ReadonlySet<string> = new Set()
  private acknowledged_at = -Infinity
  private tested_at = -Infinity
  private testing = false
  private readonly speaker: Speaker | null

  constructor(
    readonly on = true,
    speaker: () => Speaker = webSpeaker,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.speaker = on ? speaker() : null
    if (this.speaker) void this.test()
  }

  /** A key or a press: what the browser waits for before it lets a page sound. */
  readonly touched = () => {
    if (this.speaker && !(this.state === 'ready' && this.speaker.allowed))
      void this.speaker.unlock().then(() => this.test())
  }

  /** What is standing at `now` (server time, epoch ms); to be called each second. */
  update(standing: readonly Standing[], now: number): void {
    if (!this.speaker) return
    const since = this.clock() - this.tested_at
    // A browser may take back what it allowed: a loudspeaker that was ready is not, then.
    const ready = this.state === 'ready' && this.speaker.allowed
    if (since > TEST_EVERY_MS || (!ready && since > BLOCKED_EVERY_MS)) void this.test()
    const heard = standing.filter((alarm) => alarm.since > this.acknowledged_at)
    const tier = audible(heard, now)
    if (tier === null) return
    const added = heard.some(({ incident_id, tier: of }) => of === tier && !this.sounded.has(`${incident_id} ${of}`))
    if (!added && this.clock() - this.sounded_at < REPEAT_MS[tier]) return
    this.sounded_at = this.clock()
    this.sounded = new Set(heard.map(({ incident_id, tier: of }) => `${incident_id} ${of}`))
    this.sounds++
    this.speaker.play(TONES[tier])
  }

  /** What stands at `now` (server time, epoch ms) is known: silence until something newer comes. */
  acknowledge(now: number): void {
    this.acknowledged_at = now
  }

  close(): void {
    this.speaker?.close()
  }

  private async test(): Promise<void> {
    if (!this.speaker || this.testing) return
    this.testing = true
    this.tested_at = this.clock()
    const works = await this.speaker.works().catch(() => false)
    this.testing = false
    this.state = works ? 'ready' : this.speaker.allowed ? 'failed' : 'blocked'
  }
}
