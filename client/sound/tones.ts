/** Seconds of one tone. */
const TONE_S = 0.16
/** Hertz one after the other; 0 is a rest. The graver is higher, longer, and falls; the other rises once. */
export const TONES: Readonly<Record<1 | 2, readonly number[]>> = {
  1: [988, 784, 988, 784, 0, 988, 784, 988, 784],
  2: [659, 880],
}

/** Sine tones with soft edges, one after the other, at most as loud as `loud` (0 to 1). */
export function tones(hertz: readonly number[], sample_rate: number, loud = 0.6): Float32Array<ArrayBuffer> {
  const per_tone = Math.floor(TONE_S * sample_rate)
  const edge = Math.floor(0.012 * sample_rate)
  const samples = new Float32Array(hertz.length * per_tone)
  for (let i = 0; i < samples.length; i++) {
    const within = i % per_tone
    const fade = Math.min(1, within / edge, (per_tone - within) / edge)
    samples[i] = Math.sin((2 * Math.PI * hertz[Math.floor(i / per_tone)] * within) / sample_rate) * loud * fade
  }
  return samples
}
