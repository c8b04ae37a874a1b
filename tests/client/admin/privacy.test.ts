import { afterEach, describe, expect, it, vi } from 'vitest'
import { rebased, type BreachDraft } from '../../../client/admin/privacy/breach_draft.ts'
import { Privacy } from '../../../client/admin/privacy/privacy.svelte.ts'
import { ok, standIn } from '../console/server.ts'
import type { Said } from '../console/server.ts'

describe('who looked at what', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('is told of the account that was picked last, though the answer about another comes after it', async () => {
    const answers = new Map<string, (said: Said) => void>()
    standIn(({ path }) =>
      path.startsWith('/api/privacy/views')
        ? new Promise<Said>((done) => answers.set(new URLSearchParams(path.split('?')[1]).get('actor') ?? '', done))
        : 'away',
    )
    const privacy = new Privacy()
    const looks = [privacy.lookAt('operator:1'), privacy.lookAt('operator:2')]
    const row = { at: '2026-11-23T08:00:00+07:00', kind: 'incident', about: null, number: null, handled: null }
    const of = (actor: string) => ok({ rows: [{ ...row, actor, incident_id: null }], whole: true })
    answers.get('operator:2')?.(of('operator:2'))
    await looks[1]
    answers.get('operator:1')?.(of('operator:1'))
    await looks[0]
    privacy.close()
    expect(privacy.actor).toBe('operator:2')
    expect(privacy.theirs?.rows).toMatchObject([{ actor: 'operator:2' }])
  })
})

describe('words on a breach that two write at once', () => {
  const base: BreachDraft = {
    found_at: '2026-11-23T08:00',
    what: 'a',
    data: 'b',
    how: 'c',
    measures: 'd',
    subjects: '',
  }

  it('are taken over where only the other wrote', () => {
    const next = rebased({ ...base, how: 'milik saya' }, base, { ...base, measures: 'milik dia', subjects: '3' })
    expect(next).toEqual({ ...base, how: 'milik saya', measures: 'milik dia', subjects: '3' })
  })

  it('are not written over unseen where both did', () => {
    expect(rebased({ ...base, how: 'milik saya' }, base, { ...base, how: 'milik dia' })).toBeNull()
  })

  it('are one’s own once they are saved', () => {
    const saved = { ...base, how: 'milik saya' }
    expect(rebased({ ...base, how: 'milik saya ' }, base, saved)).toMatchObject({ how: 'milik saya ' })
  })
})
