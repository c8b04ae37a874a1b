import { tones } from './tones.ts'

/** What alarms sound through. */
export interface Speaker {
  /** Whether the browser lets it sound now. */
  readonly allowed: boolean
  /** Asks the browser for it: works out of a key or a press only, or where the browser was told to allow it. */
  unlock(): Promise<void>
  play(hertz: readonly number[]): void
  /** Plays a tone that nobody hears and looks whether its samples come out of the very way that alarms take. */
  works(): Promise<boolean>
  close(): void
}

/** A tone shorter than this is not over when its samples are looked at. */
const TEST_MS = 120
/** Samples louder than this are a tone, not noise. */
const HEARD = 0.01

/** Web Audio, nothing is fetched: source → volume → meter → door → loudspeaker. A test shuts the door, and measures before it. */
export function webSpeaker(): Speaker {
  const context = typeof AudioContext === 'undefined' ? null : new AudioContext()
  const volume = context?.createGain()
  const meter = context?.createAnalyser()
  const door = context?.createGain()
  if (context && volume && meter && door) volume.connect(meter).connect(door).connect(context.destination)

  function start(hertz: readonly number[]): AudioBufferSourceNode | null {
    if (!context || !volume || context.state !== 'running') return null
    const samples = tones(hertz, context.sampleRate)
    const buffer = context.createBuffer(1, samples.length, context.sampleRate)
    buffer.copyToChannel(samples, 0)
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(volume)
    source.start()
    return source
  }

  return {
    get allowed() {
      return context?.state === 'running'
    },
    async unlock() {
      // Without a hand this waits for ever: nobody waits with it.
      void context?.resume().catch(() => undefined)
      await new Promise((done) => setTimeout(done, 60))
    },
    play(hertz) {
      if (door) door.gain.value = 1
      start(hertz)
    },
    async works() {
      if (!context || !meter || !door) return false
      const before = context.currentTime
      door.gain.value = 0
      const source = start([880, 880])
      await new Promise((done) => setTimeout(done, TEST_MS))
      const samples = new Float32Array(meter.fftSize)
      meter.getFloatTimeDomainData(samples)
      source?.stop()
      door.gain.value = 1
      return context.currentTime > before && samples.some((sample) => Math.abs(sample) > HEARD)
    },
    close() {
      void context?.close()
    },
  }
}
