/** Between two rings while something waits. */
export const REPEAT_MS = 4000
const SETTLE_MS = 400
const TONES_HZ = [880, 660, 880, 660] as const
const TONE_S = 0.18

/** The sound itself; Web Audio, nothing is fetched. */
export interface Sounder {
  /** Whether the browser lets it sound now. */
  readonly allowed: boolean
  /** Asks the browser to allow it: works only out of a key or a press. */
  unlock(): Promise<void>
  play(quiet: boolean): void
  close(): void
}

export function webSounder(): Sounder {
  const context = typeof AudioContext === 'undefined' ? null : new AudioContext()
  return {
    get allowed() {
      return context?.state === 'running'
    },
    async unlock() {
      await context?.resume().catch(() => undefined)
    },
    play(quiet) {
      if (!context || context.state !== 'running') return
      const gain = context.createGain()
      gain.connect(context.destination)
      const tones = quiet ? TONES_HZ.slice(0, 1) : TONES_HZ
      const end = context.currentTime + tones.length * TONE_S
      gain.gain.setValueAtTime(quiet ? 0.15 : 0.7, context.currentTime)
      gain.gain.setTargetAtTime(0, end - 0.05, 0.03)
      tones.forEach((hertz, i) => {
        const tone = context.createOscillator()
        tone.type = 'square'
        tone.frequency.value = hertz
        tone.connect(gain)
        tone.start(context.currentTime + i * TONE_S)
        tone.stop(context.currentTime + (i + 1) * TONE_S)
      })
    },
    close() {
      void context?.close()
    },
  }
}

/**
 * Rings while something waits: at once for what is new, then every few seconds until nothing does. A browser that blocks sound is told of
 * (`blocked`), so that the page flashes and says so instead.
 */
export class Alarm {
  blocked = $state(false)
  /** Rings since the page opened, for whoever wants to know that it does. */
  rings = $state(0)
  private waiting: ReadonlySet<string> = new Set()
  private settling: ReturnType<typeof setTimeout> | undefined
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(private readonly sounder: Sounder = webSounder()) {
    // The test on opening: one short, quiet tone, or the word that none is allowed. A browser makes up its mind a moment later.
    if (sounder.allowed) this.test()
    else this.settling = setTimeout(() => this.test(), SETTLE_MS)
  }

  test(): void {
    this.blocked = !this.sounder.allowed
    this.sounder.play(true)
  }

  /** A key or a press: what the browser waits for before it lets a page sound. */
  async touched(): Promise<void> {
    if (this.sounder.allowed) {
      this.blocked = false
      return
    }
    await this.sounder.unlock()
    this.test()
    if (!this.blocked && this.waiting.size > 0) this.ring()
  }

  /** What waits now, by id. */
  update(ids: readonly string[]): void {
    const added = ids.some((id) => !this.waiting.has(id))
    this.waiting = new Set(ids)
    if (ids.length === 0) {
      clearInterval(this.timer)
      this.timer = undefined
    } else if (added || this.timer === undefined) {
      clearInterval(this.timer)
      this.timer = setInterval(() => this.ring(), REPEAT_MS)
      this.ring()
    }
  }

  close(): void {
    clearInterval(this.timer)
    clearTimeout(this.settling)
    this.sounder.close()
  }

  private ring(): void {
    this.blocked = !this.sounder.allowed
    this.rings++
    this.sounder.play(false)
  }
}
