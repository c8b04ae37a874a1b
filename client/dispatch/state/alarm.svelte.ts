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
  /** Quiet: one short tone. Else the alarm, at once and again every `REPEAT_MS` by itself until `stop`; while it does, once more changes nothing. */
  play(quiet: boolean): void
  stop(): void
  close(): void
}

export function webSounder(): Sounder {
  const context = typeof AudioContext === 'undefined' ? null : new AudioContext()
  let alarm: AudioBufferSourceNode | null = null
  function start(buffer: AudioBuffer, loop: boolean): AudioBufferSourceNode | null {
    if (!context || context.state !== 'running') return null
    const source = context.createBufferSource()
    Object.assign(source, { buffer, loop })
    source.connect(context.destination)
    source.start()
    return source
  }
  return {
    get allowed() {
      return context?.state === 'running'
    },
    async unlock() {
      await context?.resume().catch(() => undefined)
    },
    play(quiet) {
      if (!context) return
      if (quiet) start(tones(context, TONES_HZ.slice(0, 1), 0.15, TONE_S), false)
      // The audio thread repeats it: timers of a tab that nobody looks at are held back to one a minute.
      else alarm ??= start(tones(context, TONES_HZ, 0.7, REPEAT_MS / 1000), true)
    },
    stop() {
      alarm?.stop()
      alarm = null
    },
    close() {
      void context?.close()
    },
  }
}

/** Square tones one after the other, then silence up to `seconds`. */
function tones(context: AudioContext, hertz: readonly number[], loud: number, seconds: number): AudioBuffer {
  const buffer = context.createBuffer(1, Math.ceil(seconds * context.sampleRate), context.sampleRate)
  const samples = buffer.getChannelData(0)
  const per_tone = Math.floor(TONE_S * context.sampleRate)
  const end = hertz.length * per_tone
  for (let i = 0; i < end; i++) {
    const turn = ((i % per_tone) * hertz[Math.floor(i / per_tone)]) / context.sampleRate
    const fade = Math.min(1, (end - i) / (0.05 * context.sampleRate))
    samples[i] = (turn % 1 < 0.5 ? loud : -loud) * fade
  }
  return buffer
}

/**
 * Rings while something waits: at once for what is new, then every few seconds until nothing does; the timer only looks whether it still may. A browser that blocks sound is told of
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
      this.sounder.stop()
      clearInterval(this.timer)
      this.timer = undefined
    } else if (added || this.timer === undefined) {
      clearInterval(this.timer)
      // What is new is heard at once.
      this.sounder.stop()
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
