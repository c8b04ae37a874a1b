import { describe, expect, it } from 'vitest'
import { LAYERS, layerAges, LIMIT_SECONDS, toldOf } from '../../../client/live/freshness.ts'
import type { Carried, LayerId } from '../../../client/live/freshness.ts'

const all = (over: Partial<Record<LayerId, Carried>> = {}) =>
  layerAges({
    ...(Object.fromEntries(LAYERS.map((id) => [id, { age_seconds: 1, failed: false }])) as Record<LayerId, Carried>),
    ...over,
  })
const stateOf = (id: LayerId, carried: Carried) => all({ [id]: carried }).find((layer) => layer.id === id)?.state

describe('the age of each layer', () => {
  it('is told of none while all are young', () => {
    expect(all().map(({ state }) => state)).toEqual(LAYERS.map(() => 'fresh'))
    expect(toldOf(all())).toEqual([])
  })

  it.each(LAYERS.filter((id) => Number.isFinite(LIMIT_SECONDS[id])))(
    '%s is old past its limit, and not at it',
    (id) => {
      expect(stateOf(id, { age_seconds: LIMIT_SECONDS[id], failed: false })).toBe('fresh')
      expect(stateOf(id, { age_seconds: LIMIT_SECONDS[id] + 0.1, failed: false })).toBe('old')
    },
  )

  it.each(LAYERS)('%s that fails says so: old where something is shown, failed where nothing is, never fresh', (id) => {
    expect(stateOf(id, { age_seconds: 2, failed: true })).toBe('old')
    expect(stateOf(id, { age_seconds: null, failed: true })).toBe('failed')
    expect(stateOf(id, { age_seconds: null, failed: false })).toBe('waiting')
  })

  it('tells of figures that fail for hours though the picture is live', () => {
    const told = toldOf(all({ kecamatan: { age_seconds: 7200, failed: true } }))
    expect(told.map(({ id, age_seconds }) => [id, age_seconds])).toEqual([['kecamatan', 7200]])
  })

  it('leaves the picture to BASI', () => {
    expect(toldOf(all({ picture: { age_seconds: 60, failed: false } }))).toEqual([])
  })
})
