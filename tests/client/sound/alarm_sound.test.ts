import { describe, expect, it } from 'vitest'
import type { Standing } from '../../../geo/alarm/alarm_book.ts'
import { AlarmSound } from '../../../client/sound/alarm_sound.svelte.ts'
import type { Speaker } from '../../../client/sound/speaker.ts'
import { tones, TONES } from '../../../client/sound/tones.ts'

/** A loudspeaker that remembers what it played; `allowed` as the browser would have it. */
function speaker(allowed: boolean, sounds = true) {
  const played: (readonly number[])[] = []
  let tests = 0
  const it: Speaker & { allowed: boolean } = {
    allowed,
    unlock: () => Promise.resolve(),
    play: (hertz) => void played.push(hertz),
    works: () => Promise.resolve(++tests > 0 && it.allowed && sounds),
    close: () => undefined,
  }
  return { it, played, tests: () => tests }
}
const settle = () => new Promise((done) => setTimeout(done, 5))
const standing = (incident_id: string, tier: 1 | 2 | 3, since: number): Standing => ({
  incident_id,
  tier,
  since,
  reason: 'breached',
  suppressed: 0,
})

describe('the sound of alarms', () => {
  it('sounds at once, by tier, repeats sparingly while it is new, then falls silent', async () => {
    const { it: out, played } = speaker(true)
    let clock = 0
    const sound = new AlarmSound(
      true,
      () => out,
      () => clock,
    )
    await settle()
    expect(sound.state).toBe('ready')
    for (let second = 0; second < 120; second++, clock += 1000) sound.update([standing('a', 1, 0)], second * 1000)
    expect(played).toEqual(Array.from({ length: 6 }, () => TONES[1]))
    sound.update([standing('a', 1, 0), standing('b', 2, 120_000)], 120_000)
    expect(played.at(-1)).toBe(TONES[2])
    sound.update([standing('c', 3, 121_000)], 121_000)
    expect(played).toHaveLength(7)
  })

  it('is silent about what was acknowledged, and loud about the next', async () => {
    const { it: out, played } = speaker(true)
    const sound = new AlarmSound(
      true,
      () => out,
      () => 0,
    )
    await settle()
    sound.update([standing('a', 1, 0)], 0)
    sound.acknowledge(500)
    sound.update([standing('a', 1, 0)], 1000)
    expect(played).toHaveLength(1)
    sound.update([standing('a', 1, 0), standing('b', 1, 2000)], 2000)
    expect(played).toHaveLength(2)
  })

  it('knows that it is blocked until a key is pressed, that nothing comes out, and tries each hour', async () => {
    const blocked = speaker(false)
    let clock = 0
    const sound = new AlarmSound(
      true,
      () => blocked.it,
      () => clock,
    )
    await settle()
    expect(sound.state).toBe('blocked')
    blocked.it.allowed = true
    sound.touched()
    await settle()
    expect(sound.state).toBe('ready')
    const before = blocked.tests()
    clock = 3_599_000
    sound.update([], 0)
    expect(blocked.tests()).toBe(before)
    clock = 3_700_000
    sound.update([], 0)
    await settle()
    expect(blocked.tests()).toBe(before + 1)
    const dumb = new AlarmSound(true, () => speaker(true, false).it)
    await settle()
    expect(dumb.state).toBe('failed')
  })

  it('notices within seconds that the browser took back what it had allowed', async () => {
    const { it: out } = speaker(true)
    let clock = 0
    const sound = new AlarmSound(
      true,
      () => out,
      () => clock,
    )
    await settle()
    out.allowed = false
    clock = 6_000
    sound.update([], 0)
    await settle()
    expect(sound.state).toBe('blocked')
    out.allowed = true
    sound.touched()
    await settle()
    expect(sound.state).toBe('ready')
  })

  it('does nothing where it is turned off', () => {
    const sound = new AlarmSound(false, () => {
      throw new Error('no loudspeaker is asked for')
    })
    sound.update([standing('a', 1, 0)], 0)
    expect([sound.state, sound.sounds]).toEqual(['off', 0])
  })

  it('has tones with soft edges that never clip', () => {
    for (const tier of [1, 2] as const) {
      const samples = tones(TONES[tier], 48_000)
      expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.7)
      expect(Math.abs(samples[0])).toBe(0)
      expect(samples.length / 48_000).toBeLessThan(2)
    }
  })
})
