import { describe, expect, it } from 'vitest'
import { answeredIn, nextOf, popsOf, waitOf } from '../../../client/console/state/pop.ts'
import type { Call } from '../../../geo/wire/calls.ts'
import { at, T0 } from '../fixtures.ts'

const NOW = T0 + 3_600_000
let made = 0
const aCall = (over: Partial<Call> = {}): Call => ({
  id: `call-${++made}`,
  rang_at: at(3590),
  answered_at: null,
  ended_at: null,
  line: '112',
  number_hidden: false,
  kind: null,
  incident_id: null,
  simulated: true,
  rings: true,
  answered_by: null,
  blocked_until: null,
  pranks_today: 0,
  pranks_30d: 0,
  ...over,
})
const states = (calls: Call[], in_hand: string[] = []) =>
  popsOf(calls, 'agen3', new Set(in_hand), NOW).map(({ call, state }) => [call.id, state])

describe('calls at a desk', () => {
  it('stand in the order of answering: own, ringing, picked up, blocked, missed, silent; in each the oldest first', () => {
    const silent = aCall({ rang_at: at(600), answered_at: at(610), answered_by: 'agen4' })
    const missed = aCall({ rang_at: at(3000), ended_at: at(3030) })
    const forgotten = aCall({ rang_at: at(3200) })
    const blocked = aCall({ rang_at: at(3570), blocked_until: at(7200) })
    const connected = aCall({ rang_at: at(3580), answered_at: at(3585) })
    const [young, old] = [aCall({ rang_at: at(3595) }), aCall({ rang_at: at(3575) })]
    const freed = aCall({ rang_at: at(3560), blocked_until: at(3599) })
    const mine = aCall({ answered_at: at(3595), answered_by: 'agen3' })
    const theirs = aCall({ answered_at: at(3595), answered_by: 'agen4' })
    const all = [silent, missed, forgotten, blocked, connected, young, old, freed, mine, theirs]
    expect(states(all)).toEqual([
      [mine.id, 'mine'],
      [freed.id, 'ringing'],
      [old.id, 'ringing'],
      [young.id, 'ringing'],
      [connected.id, 'connected'],
      [blocked.id, 'blocked'],
      [missed.id, 'missed'],
      [forgotten.id, 'missed'],
      [silent.id, 'silent'],
    ])
    expect(states(all, [mine.id])[0]).toEqual([freed.id, 'ringing'])
  })

  it('the key takes a blocked one too, but nothing from another desk', () => {
    const blocked = aCall({ blocked_until: at(7200) })
    const silent = aCall({ rang_at: at(600), answered_by: 'agen4' })
    expect(nextOf(popsOf([silent, blocked], 'agen3', new Set(), NOW))?.call).toBe(blocked)
    expect(nextOf(popsOf([silent], 'agen3', new Set(), NOW))).toBe(null)
  })

  it('wait long from 15 s and too long from 20 s', () => {
    expect([0, 14, 15, 19, 20, 300].map(waitOf)).toEqual(['calm', 'calm', 'long', 'long', 'too_long', 'too_long'])
    expect(answeredIn({ rang_at: at(0), answered_at: at(7) })).toBe(7)
    expect(answeredIn({ rang_at: at(0), answered_at: null })).toBe(null)
  })
})
