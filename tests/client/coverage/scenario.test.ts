import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Saved } from '../../../client/coverage/state/saved.svelte.ts'
import { Scenario } from '../../../client/coverage/state/scenario.svelte.ts'
import { coverageScenario } from '../../../geo/wire/coverage_scenarios.ts'

/** The next answers of the server, in the order asked; null: nobody answers. */
let answers: ({ status: number; body: unknown } | null)[] = []
let asked: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  answers = []
  asked = []
  vi.stubGlobal('fetch', async (path: string, { method }: { method: string }) => {
    asked.push(`${method} ${path}`)
    const answer = answers.shift() ?? null
    if (!answer) throw new TypeError('no network')
    return { ok: answer.status < 400, status: answer.status, json: async () => answer.body }
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const choice = { agency_kind: 'damkar', minutes: [5, 10], from: 'posts' as const }
const refused = {
  status: 409,
  body: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'sudah diubah', code: 'conflict' },
}
const at = (lon: number) => ({
  kind: 'add_post' as const,
  location: { type: 'Point' as const, coordinates: [lon, -6.9] as [number, number] },
})

describe('what would be if', () => {
  it('is asked again while nobody answers, as it says', async () => {
    const scenario = new Scenario(() => choice)
    scenario.toggleFlood()
    await vi.advanceTimersByTimeAsync(200)
    expect(scenario.fault).not.toBe('')
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked).toHaveLength(2)
    answers = [refused]
    await vi.advanceTimersByTimeAsync(5_000)
    expect(scenario.fault).toBe('sudah diubah')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(3)
    scenario.close()
  })

  it('keeps the chosen change chosen when another is taken out', () => {
    const scenario = new Scenario(() => choice)
    for (const lon of [109.1, 109.2, 109.3, 109.4]) scenario.add(at(lon))
    scenario.chosen = 1
    scenario.remove(0)
    expect(scenario.changes[scenario.chosen]).toEqual(at(109.2))
    scenario.remove(2)
    expect(scenario.changes[scenario.chosen]).toEqual(at(109.2))
    scenario.close()
  })
})

describe('saved scenarios', () => {
  const one = coverageScenario.parse({
    id: '0193a5b0-0000-7000-8000-000000000001',
    ...choice,
    name: 'Pos utara',
    note: '',
    changes: [at(109.1)],
    revision: 1,
    created_by: 'kabid',
    created_at: '2026-11-28T10:00:00+07:00',
    updated_by: 'kabid',
    updated_at: '2026-11-28T10:00:00+07:00',
    simulated: true,
  })

  it('say that one was saved, though the list is read anew behind it', async () => {
    const saved = new Saved()
    answers = [
      { status: 201, body: one },
      { status: 200, body: [one] },
    ]
    expect(await saved.save(choice, 'Pos utara', one.changes)).toBe(true)
    expect(saved).toMatchObject({ done: 'Tersimpan: Pos utara', fault: '', list: [one] })
  })

  it('say why one was not deleted', async () => {
    const saved = new Saved()
    answers = [refused, { status: 200, body: [one] }]
    await saved.drop(one)
    expect(saved).toMatchObject({ done: '', fault: 'sudah diubah', list: [one] })
  })
})
